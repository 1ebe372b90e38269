package dev.questline.query.notebook;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** What in a chart's picture has the colour of one series: in pixels, from left to right. */
final class Marks {
    static final int FIRST = 0x2f6db5;
    static final int SECOND = 0xe68a1d;

    private final BufferedImage image;
    private final int colour;

    private Marks(BufferedImage image, int colour) {
        this.image = image;
        this.colour = colour;
    }

    static Marks of(Picture picture, int colour) throws IOException {
        var bytes = Base64.getDecoder().decode(picture.base64());
        return new Marks(ImageIO.read(new ByteArrayInputStream(bytes)), colour);
    }

    private int[] inColumn(int x) {
        return IntStream.range(0, image.getHeight())
                .filter(y -> (image.getRGB(x, y) & 0xffffff) == colour)
                .toArray();
    }

    /** Columns of pixels beside each other that have some of it, as (from, to). */
    private List<int[]> shapes() {
        var shapes = new ArrayList<int[]>();
        for (int x = 0; x < image.getWidth(); x++) {
            if (inColumn(x).length > 0) {
                var goesOn = x > 0 && inColumn(x - 1).length > 0;
                var shape = goesOn ? shapes.remove(shapes.size() - 1) : new int[] {x, x};
                shapes.add(new int[] {shape[0], x});
            }
        }
        return shapes;
    }

    /** The bars' heights. What stands higher than they is the legend's. */
    List<Integer> bars() {
        var floor = shapes().stream().mapToInt(this::bottom).max().orElse(0);
        return shapes().stream()
                .filter(shape -> bottom(shape) > floor - 4)
                .map(shape -> IntStream.rangeClosed(shape[0], shape[1])
                        .map(x -> inColumn(x).length)
                        .max()
                        .orElseThrow())
                .toList();
    }

    private int bottom(int[] shape) {
        return IntStream.rangeClosed(shape[0], shape[1])
                .flatMap(x -> Arrays.stream(inColumn(x)))
                .max()
                .orElseThrow();
    }

    /** How high a line is above its beginning at these parts of its way. */
    List<Integer> heights(double... parts) {
        var line = shapes().stream()
                .max(Comparator.comparingInt(shape -> shape[1] - shape[0]))
                .orElseThrow();
        return Arrays.stream(parts)
                .mapToObj(part -> middle(line[0]) - middle((int) Math.round(line[0] + part * (line[1] - line[0]))))
                .toList();
    }

    private int middle(int x) {
        return (int) Math.round(Arrays.stream(inColumn(x)).average().orElseThrow());
    }
}
