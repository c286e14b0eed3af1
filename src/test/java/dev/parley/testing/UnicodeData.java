package dev.parley.testing;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The data of Unicode that the server has in files, as ICU4J knows it. For a new version of ICU4J the files are made
 * again by {@code mvn -q test-compile exec:java@unicode}.
 */
public final class UnicodeData {
    public static final Path CONFUSABLES = Path.of("src/main/resources/dev/parley/room/confusables.txt");
    public static final Path JOINING = Path.of("src/main/resources/dev/parley/message/joining.txt");

    private static final int VIRAMA = 9;
    private static final SpoofChecker CHECKER =
            new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

    private UnicodeData() {}

    public static void main(String[] none) throws IOException {
        write(CONFUSABLES, confusables());
        write(JOINING, joining());
    }

    /** The lines of a file that are no comments. */
    public static List<String> read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.startsWith("#")).toList();
        }
    }

    /** The comments, which the licence is in, stay. */
    private static void write(Path file, List<String> lines) throws IOException {
        try (Stream<String> old = Files.lines(file)) {
            Files.write(
                    file,
                    Stream.concat(old.filter(line -> line.startsWith("#")).toList().stream(), lines.stream())
                            .toList());
        }
    }

    /** For each character of names that has one in NFD: the character, and those of its skeleton. */
    public static List<String> confusables() {
        return ofNames()
                .mapToObj(Character::toString)
                .filter(Normalizer2.getNFDInstance()::isNormalized)
                .filter(text -> !skeleton(text).equals(text))
                .map(text -> hex(text + skeleton(text)))
                .toList();
    }

    /** The characters of names that join in some way, and the viramas, in ranges. */
    public static List<String> joining() {
        List<String> lines = new ArrayList<>();
        int[] codePoints = ofNames().filter(c -> kind(c) != ' ').toArray();
        for (int first = 0, next; first < codePoints.length; first = next) {
            next = first + 1;
            while (next < codePoints.length
                    && codePoints[next] == codePoints[next - 1] + 1
                    && kind(codePoints[next]) == kind(codePoints[first])) {
                next++;
            }
            String range = "%04X".formatted(codePoints[first]);
            lines.add((next - first == 1 ? range : "%s-%04X".formatted(range, codePoints[next - 1])) + " "
                    + kind(codePoints[first]));
        }
        return lines;
    }

    private static char kind(int codePoint) {
        if (UCharacter.getCombiningClass(codePoint) == VIRAMA) {
            return 'V';
        }
        return switch (UCharacter.getIntPropertyValue(codePoint, UProperty.JOINING_TYPE)) {
            case UCharacter.JoiningType.DUAL_JOINING -> 'D';
            case UCharacter.JoiningType.LEFT_JOINING -> 'L';
            case UCharacter.JoiningType.RIGHT_JOINING -> 'R';
            default -> ' ';
        };
    }

    /** Whether joining goes past a character (Joining_Type T). */
    public static boolean isTransparent(int codePoint) {
        return UCharacter.getIntPropertyValue(codePoint, UProperty.JOINING_TYPE) == UCharacter.JoiningType.TRANSPARENT;
    }

    /** The skeleton of UTS 39. */
    public static String skeleton(String text) {
        return CHECKER.getSkeleton(text);
    }

    /** All that a name may contain: letters, digits, their marks, joiners, and three signs. */
    private static IntStream ofNames() {
        return IntStream.rangeClosed(Character.MIN_CODE_POINT, Character.MAX_CODE_POINT)
                .filter(c -> UCharacter.isLetterOrDigit(c)
                        || UCharacter.getType(c) == UCharacterCategory.NON_SPACING_MARK
                        || UCharacter.getType(c) == UCharacterCategory.COMBINING_SPACING_MARK
                        || c == 0x200C
                        || c == 0x200D
                        || ".-_".indexOf(c) >= 0);
    }

    private static String hex(String text) {
        return text.codePoints().mapToObj("%04X"::formatted).collect(Collectors.joining(" "));
    }
}
