package dev.parley.client;

import jakarta.json.JsonObject;

/** Answers that a {@link dev.parley.testing.ScriptedServer} gives in the room {@code tea}. Pure functions. */
final class ScriptedAnswers {
    private ScriptedAnswers() {}

    static String joined(JsonObject request, String epoch, boolean recovered, int seq, String... entries) {
        return """
                {"type":"joined","ref":%s,"room":"tea","epoch":"%s","seq":%d,"members":["ann"],"entries":[%s],\
                "recovered":%s}""".formatted(request.get("ref"), epoch, seq, String.join(",", entries), recovered);
    }

    static String entry(int seq) {
        return """
                {"type":"entry","room":"tea","seq":%d,"from":"bob","at":"2026-01-01T00:00:00.000Z","text":"hi"}""".formatted(seq);
    }

    static String said(JsonObject request, int seq) {
        return """
                {"type":"said","ref":%s,"room":"tea","seq":%d,"id":"%s","at":"2026-01-01T00:00:00.000Z"}""".formatted(request.get("ref"), seq, request.getString("id"));
    }

    static String error(JsonObject request, String code) {
        return "{\"type\":\"error\",\"ref\":%s,\"code\":\"%s\",\"message\":\"no\"}".formatted(request.get("ref"), code);
    }
}
