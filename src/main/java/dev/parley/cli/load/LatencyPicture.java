package dev.parley.cli.load;

import java.util.Locale;

/** Draws the latencies of a run as SVG, by percentile: 90 %, 99 %, 99.9 % … Pure functions. */
public final class LatencyPicture {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 50;
    private static final int BOTTOM = 50;
    /** The number of nines in the last percentile: 99.999 %. */
    private static final double NINES = 5;

    private static final String[] LABELS = {"0 %", "90 %", "99 %", "99.9 %", "99.99 %", "99.999 %"};

    private LatencyPicture() {}

    /** @return an SVG document that follows the reader's light or dark colours */
    public static String of(LoadResult result) {
        double most = ceiling(result.latency(100 - Math.pow(10, 2 - NINES)));
        StringBuilder svg = new StringBuilder();
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <style>text{fill:#333}line{stroke:#ccc}polyline{fill:none;stroke:#2563a8;stroke-width:2}
                @media (prefers-color-scheme:dark){text{fill:#ddd}line{stroke:#555}polyline{stroke:#7db4ee}}</style>
                <text x="%d" y="24" font-size="14">Latency by percentile, ms (%,d deliveries, %,.0f a second)</text>
                """.formatted(
                        WIDTH,
                        HEIGHT,
                        LEFT,
                        result.delivered(),
                        result.delivered() / (result.counted().toNanos() / 1e9)));
        for (int nines = 0; nines <= NINES; nines++) {
            svg.append(line(x(nines), TOP, x(nines), HEIGHT - BOTTOM));
            svg.append(text(x(nines), HEIGHT - BOTTOM + 20, "middle", LABELS[nines]));
        }
        for (int step = 0; step <= 4; step++) {
            double value = most * step / 4;
            svg.append(line(LEFT, y(value, most), WIDTH - RIGHT, y(value, most)));
            svg.append(text(LEFT - 8, y(value, most) + 4, "end", String.format(Locale.ROOT, "%.3g", value)));
        }
        svg.append("<polyline points=\"");
        for (double nines = 0; nines <= NINES; nines += 0.05) {
            double value = result.latency(100 - Math.pow(10, 2 - nines));
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(nines), y(value, most)));
        }
        return svg.append("\"/>\n</svg>\n").toString();
    }

    private static double ceiling(double value) {
        double unit = Math.pow(10, Math.floor(Math.log10(Math.max(value, 0.001))));
        return Math.ceil(value / unit) * unit;
    }

    private static double x(double nines) {
        return LEFT + (WIDTH - LEFT - RIGHT) * nines / NINES;
    }

    private static double y(double value, double most) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / most;
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return String.format(Locale.ROOT, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n", x1, y1, x2, y2);
    }

    private static String text(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
    }
}
