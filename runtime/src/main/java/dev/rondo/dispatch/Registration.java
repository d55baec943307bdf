package dev.rondo.dispatch;

import dev.rondo.event.Phase;
import dev.rondo.spi.CallbackTable;

/** The registration of a callback with one learner: table, name, switches and order. */
public final class Registration<L> {
    final CallbackTable<? super L> table;
    private final String name;
    private final Dispatcher<L> dispatcher;
    private int firstDepth; // the least depth of runs that began after the registration, or for which it was made
    long sequence;
    private boolean registered = true;
    private boolean run = true;
    private boolean runTrain;
    private boolean runValid;
    private double order = Double.NaN;

    Registration(Dispatcher<L> dispatcher, CallbackTable<? super L> table, String name, int firstDepth, long sequence) {
        this.dispatcher = dispatcher;
        this.table = table;
        this.name = name;
        this.firstDepth = firstDepth;
        this.sequence = sequence;
        runTrain = table.runsIn(Phase.TRAIN);
        runValid = table.runsIn(Phase.VALID);
    }

    /** The name, unique among the registrations of the learner. */
    public String name() {
        return name;
    }

    /** The table of the callback. */
    public CallbackTable<? super L> table() {
        return table;
    }

    /** The callback object. */
    public Object callback() {
        return table.callback();
    }

    /** Whether the callback is still registered. */
    public boolean registered() {
        return registered;
    }

    /** Whether the callback is on. */
    public boolean run() {
        return run;
    }

    /** Turns the callback on or off, at once. */
    public void run(boolean run) {
        if (this.run == run) return;
        this.run = run;
        dispatcher.changed();
    }

    /** Whether the callback receives the events inside a batch of this phase. */
    public boolean runsIn(Phase phase) {
        return phase == Phase.TRAIN ? runTrain : runValid;
    }

    /** Turns the events inside the batches of a phase on or off, at once. */
    public void runsIn(Phase phase, boolean runs) {
        if (runsIn(phase) == runs) return;
        if (phase == Phase.TRAIN) runTrain = runs;
        else runValid = runs;
        dispatcher.changed();
    }

    /** The order of the callback as a whole: the one given to the registration, or that of the class. */
    public double order() {
        return Double.isNaN(order) ? table.order() : order;
    }

    /** Sets the order of all handlers, from the next event on. */
    public void order(double order) {
        this.order = Orders.check(order, "'" + name + "'");
        dispatcher.changed();
    }

    /** Moves it after all others of its order, from the next event on; has no effect after its removal. */
    public void moveToEnd() {
        if (registered) dispatcher.moveToEnd(this);
    }

    /** Copies the switches, the order and the run that it belongs to from another registration. */
    public void copySettings(Registration<L> other) {
        firstDepth = other.firstDepth;
        run = other.run;
        runTrain = other.runTrain;
        runValid = other.runValid;
        order = other.order;
        dispatcher.changed();
    }

    void unregister() {
        registered = false;
        dispatcher.changed();
    }

    /**
     * Whether the callback takes part in a run. The kind of the run must be one of the callback's. If the callback is not for nested runs,
     * the outer runs in which it is registered must be of other kinds.
     */
    boolean takesPartIn(HandlerLists<L> run) {
        if (!table.runsIn(run.kind)) return false;
        if (table.nested()) return true;
        for (HandlerLists<L> outer = run.outer; outer != null && outer.depth >= firstDepth; outer = outer.outer) {
            if (table.runsIn(outer.kind)) return false;
        }
        return true;
    }

    /** Makes the innermost run, which has just begun, the one for which the callback is registered. */
    public void belongToRun() {
        firstDepth = dispatcher.runDepth();
        dispatcher.changed();
    }

    /** A run has ended; the next run inside the one that goes on begins after the registration. */
    void runEnded(int depth) {
        firstDepth = Math.min(firstDepth, depth + 1);
    }

    double orderOf(int handler) {
        double own = table.order(handler);
        return Double.isNaN(order) && !Double.isNaN(own) ? own : order();
    }

    /** Whether the switches and the order are those that the class declares. */
    boolean isAsDeclared() {
        return run
                && Double.isNaN(order)
                && runTrain == table.runsIn(Phase.TRAIN)
                && runValid == table.runsIn(Phase.VALID);
    }

    boolean isOn() {
        return registered && run;
    }
}
