package dev.parley.config;

/** A setting that can't be used; the message is one sentence for the person who runs the server. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        this(message, null);
    }

    public SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
