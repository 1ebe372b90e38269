package dev.questline.bench.report;

/** What a figure is wanted to be, and what it is. */
record Target(String what, double measured, Bound bound, double wanted, Unit unit) {
    enum Bound {
        AT_LEAST("≥"),
        AT_MOST("≤");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    boolean isMet() {
        return bound == Bound.AT_LEAST ? measured >= wanted : measured <= wanted;
    }

    /** The cells of a row: figure, measured, target, verdict. */
    Object[] row() {
        return new Object[] {
            what, unit.show(measured), bound.sign + " " + unit.show(wanted), isMet() ? "met" : "**missed**"
        };
    }
}
