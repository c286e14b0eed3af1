package dev.parley.config;

/** Thrown for a setting that can't be used. The message is one sentence for the operator. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        this(message, null);
    }

    public SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
