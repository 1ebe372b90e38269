package dev.questline.query.notebook;

import dev.questline.event.UserError;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.Series;

/**
 * A chart as PNG, of twice the size it is shown in, for fine screens.
 *
 * @param width in which it is shown
 */
record Picture(String base64, int width, int height) {
    private static final int SCALE = 2;

    static Picture of(Chart<?, ?> chart) {
        try {
            return new Picture(base64(chart), chart.getWidth(), chart.getHeight());
        } catch (LinkageError | InternalError e) {
            throw noFonts(e);
        } catch (RuntimeException e) {
            // How Java says that it finds no font differs by version.
            throw String.valueOf(e.getMessage()).contains("ontconfig") ? noFonts(e) : e;
        }
    }

    private static UserError noFonts(Throwable e) {
        return UserError.failed("charts need a font, and this Java finds none: install fontconfig and a font, as in"
                + " `apt-get install fontconfig fonts-dejavu-core` (" + e.getMessage() + ")");
    }

    private static String base64(Chart<?, ?> chart) {
        var image = new BufferedImage(chart.getWidth() * SCALE, chart.getHeight() * SCALE, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.scale(SCALE, SCALE);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.dispose();
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What those read who can't see it. */
    static String description(Chart<?, ?> chart) {
        var title = chart.getTitle().isEmpty() ? "" : " \"" + chart.getTitle() + "\"";
        return "[chart" + title + ": "
                + String.join(
                        ", ",
                        chart.getSeriesCollection().stream()
                                .map(Series::getName)
                                .toList()) + "]";
    }
}
