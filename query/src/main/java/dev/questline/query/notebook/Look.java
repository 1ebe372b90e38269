package dev.questline.query.notebook;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Collection;
import java.util.Map;
import java.util.TimeZone;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How charts look: little ink, colours that the colour-blind tell apart. */
final class Look {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 320;
    private static final int CHARACTERS_ACROSS = 100;
    private static final Color INK = new Color(0x33, 0x3a, 0x44);
    private static final Color FAINT = new Color(0xe6, 0xe8, 0xeb);
    private static final Color[] COLOURS = {
        new Color(0x2f, 0x6d, 0xb5),
        new Color(0xe6, 0x8a, 0x1d),
        new Color(0x3b, 0x9b, 0x74),
        new Color(0xc2, 0x4d, 0x6a),
        new Color(0x7b, 0x63, 0xb8),
        new Color(0x5a, 0xb4, 0xd6),
        new Color(0x8a, 0x6d, 0x4b),
        new Color(0x70, 0x78, 0x82),
    };

    private Look() {}

    static CategoryChart category(String title, String across, String up) {
        var chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(across)
                .yAxisTitle(up)
                .build();
        chart.getStyler().setAvailableSpaceFill(0.7);
        return style(chart, chart.getStyler());
    }

    static XYChart xy(String title, String across, String up) {
        var chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(across)
                .yAxisTitle(up)
                .build();
        return style(chart, chart.getStyler());
    }

    private static <C extends Chart<?, ?>> C style(C chart, AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setChartFontColor(INK);
        styler.setChartPadding(10);
        styler.setChartTitleBoxVisible(false);
        styler.setChartTitleFont(font(Font.BOLD, 15));
        styler.setSeriesColors(COLOURS);
        styler.setAntiAlias(true);
        styler.setAxisTitleFont(font(Font.PLAIN, 12));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 11));
        styler.setAxisTickLabelsColor(INK);
        styler.setAxisTicksMarksVisible(false);
        styler.setAxisTicksLineVisible(false);
        styler.setPlotTicksMarksVisible(false);
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setPlotGridLinesColor(FAINT);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setPlotMargin(0);
        styler.setTimezone(TimeZone.getTimeZone("UTC"));
        styler.setYAxisDecimalPattern("#,##0.###");
        return chart;
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** One series needs none: the axis says what it is. */
    static <C extends Chart<?, ?>> C legend(C chart, int series) {
        var styler = chart.getStyler();
        styler.setLegendVisible(series > 1);
        styler.setLegendPosition(LegendPosition.OutsideE);
        styler.setLegendLayout(LegendLayout.Vertical);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendBackgroundColor(Color.WHITE);
        styler.setLegendFont(font(Font.PLAIN, 12));
        return chart;
    }

    /** Names that would run into each other are turned. */
    static void labels(CategoryChart chart) {
        var names = chart.getSeriesCollection().stream()
                .flatMap(series -> series.getXData().stream())
                .map(String::valueOf)
                .distinct()
                .toList();
        var longest = names.stream().mapToInt(String::length).max().orElse(0);
        if (names.size() * (longest + 1) > CHARACTERS_ACROSS) {
            chart.getStyler().setXAxisLabelRotation(45);
            chart.getStyler().setXAxisMaxLabelCount(30);
        }
    }

    /** A curve that is never below it is seen in its true height. */
    static void fromZero(XYChart chart, Collection<Map<Object, Double>> series) {
        if (series.stream().flatMap(values -> values.values().stream()).allMatch(value -> value >= 0)) {
            chart.getStyler().setYAxisMin(0.0);
        }
    }

    static void marker(XYSeries series, boolean visible) {
        series.setMarker(visible ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        series.setLineStyle(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }
}
