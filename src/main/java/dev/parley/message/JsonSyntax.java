package dev.parley.message;

/**
 * Checks a text against the grammar of JSON (RFC 8259), in one pass and within bounds that hold for every text. It keeps nothing,
 * because the text itself is passed on. Each object is used once, by one thread.
 *
 * <p>The bounds protect the readers of the value: some read nested values by recursion, and some need quadratic time for a number of
 * many digits, or as many digits as its exponent says.
 */
final class JsonSyntax {
    /** In a page of entries a value nests three levels deeper, and clients before this version read 32 levels. */
    private static final int MAX_DEPTH = 24;

    private static final int MAX_NUMBER = 100;
    private static final int MAX_EXPONENT = 4;
    private static final int HEX_DIGITS = 4;

    private final String json;
    private int at;

    private JsonSyntax(String json) {
        this.json = json;
    }

    /** @throws ParleyException with {@code badRequest} as {@link Body.Data} describes */
    static void check(String json) {
        JsonSyntax syntax = new JsonSyntax(json);
        syntax.value(0);
        if (syntax.at < json.length()) {
            throw notJson();
        }
    }

    /** A value, and the white space around it. */
    private void value(int depth) {
        skipSpace();
        switch (peek()) {
            case '{' -> object(deeper(depth));
            case '[' -> array(deeper(depth));
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
        skipSpace();
    }

    private static int deeper(int depth) {
        if (depth == MAX_DEPTH) {
            throw ParleyException.badRequest("data must nest at most " + MAX_DEPTH + " levels");
        }
        return depth + 1;
    }

    private void object(int depth) {
        at++;
        skipSpace();
        if (skip('}')) {
            return;
        }
        do {
            skipSpace();
            require(peek() == '"');
            string();
            skipSpace();
            require(skip(':'));
            value(depth);
        } while (skip(','));
        require(skip('}'));
    }

    private void array(int depth) {
        at++;
        skipSpace();
        if (skip(']')) {
            return;
        }
        do {
            value(depth);
        } while (skip(','));
        require(skip(']'));
    }

    private void string() {
        at++;
        boolean isHalf = false;
        for (char c = next(); c != '"'; c = next()) {
            require(c >= ' ');
            char unit = c == '\\' ? escaped() : c;
            if (unit == 0) {
                throw ParleyException.badRequest("data must not contain U+0000");
            }
            if (Character.isLowSurrogate(unit) != isHalf) {
                throw loneSurrogate();
            }
            isHalf = Character.isHighSurrogate(unit);
        }
        if (isHalf) {
            throw loneSurrogate();
        }
    }

    private static ParleyException loneSurrogate() {
        return ParleyException.badRequest("data must be Unicode: it has a lone surrogate");
    }

    /** The character of an escape; of a short escape any that is neither U+0000 nor a surrogate. */
    private char escaped() {
        char c = next();
        if (c != 'u') {
            require("\"\\/bfnrt".indexOf(c) >= 0);
            return c;
        }
        int unit = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            int digit = hex(next());
            require(digit >= 0);
            unit = unit << 4 | digit;
        }
        return (char) unit;
    }

    /** Not Character.digit, which takes the digits of all scripts. */
    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = (c | 0x20) - 'a';
        return letter >= 0 && letter < 6 ? 10 + letter : -1;
    }

    private void word(String word) {
        require(json.startsWith(word, at));
        at += word.length();
    }

    private void number() {
        int begin = at;
        skip('-');
        if (!skip('0')) {
            digits();
        }
        if (skip('.')) {
            digits();
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            if (digits() > MAX_EXPONENT) {
                throw ParleyException.badRequest("an exponent in data must have at most " + MAX_EXPONENT + " digits");
            }
        }
        if (at - begin > MAX_NUMBER) {
            throw ParleyException.badRequest("a number in data must have at most " + MAX_NUMBER + " characters");
        }
    }

    /** @return how many */
    private int digits() {
        int begin = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        require(at > begin);
        return at - begin;
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
            at++;
        }
    }

    private boolean skip(char expected) {
        boolean isThere = peek() == expected;
        if (isThere) {
            at++;
        }
        return isThere;
    }

    /** U+0000, which stands nowhere in JSON, at the end. */
    private char peek() {
        return at < json.length() ? json.charAt(at) : 0;
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private static void require(boolean isJson) {
        if (!isJson) {
            throw notJson();
        }
    }

    private static ParleyException notJson() {
        return ParleyException.badRequest("data must be JSON");
    }
}
