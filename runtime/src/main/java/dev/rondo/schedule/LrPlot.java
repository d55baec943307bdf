package dev.rondo.schedule;

import dev.rondo.check.FileReason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Plots curves of losses by learning rate. The only class that uses XChart. */
final class LrPlot {
    private LrPlot() {}

    static void draw(LrSearch search, Path png) {
        XYChart chart = new XYChartBuilder()
                .width(800)
                .height(500)
                .xAxisTitle("learning rate")
                .yAxisTitle("smooth loss")
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        LrCurve curve = finite(search.measured().without(0, 5));
        if (curve.size() > 0) {
            chart.addSeries("loss", curve.lrs(), curve.losses()).setMarker(SeriesMarkers.NONE);
        }
        search.suggestions().forEach((name, lr) -> {
            double loss = lossAt(search.measured(), lr);
            String label = String.format(Locale.ROOT, "%s %.2e", name, lr);
            if (Double.isFinite(loss)) chart.addSeries(label, new double[] {lr}, new double[] {loss});
        });
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(png))) {
            BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The plot could not be written to " + png + ": " + FileReason.of(e) + ".", e);
        }
    }

    /** The curve before its first infinite loss. */
    private static LrCurve finite(LrCurve curve) {
        int n = 0;
        while (n < curve.size() && Double.isFinite(curve.losses()[n])) n++;
        return new LrCurve(Arrays.copyOf(curve.lrs(), n), Arrays.copyOf(curve.losses(), n));
    }

    /** The loss at the nearest learning rate of the curve. */
    private static double lossAt(LrCurve curve, double lr) {
        int nearest = 0;
        for (int i = 1; i < curve.size(); i++) {
            if (Math.abs(Math.log(curve.lrs()[i] / lr)) < Math.abs(Math.log(curve.lrs()[nearest] / lr))) {
                nearest = i;
            }
        }
        return curve.losses()[nearest];
    }
}
