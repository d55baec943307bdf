package dev.rondo.processor.report;

import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.tools.Diagnostic.Kind;

/** Prints diagnostics at their places. */
public class Printer {
    /** Prints nothing. */
    static final Printer SILENT = new Printer(null, null) {
        @Override
        void print(Kind kind, String text, Place place) {}
    };

    /** Prints only at places that print themselves. */
    public static final Printer OF_SPOTS = new Printer(null, null);

    private final Messager messager;
    private final SourceTrees trees;

    private Printer(Messager messager, SourceTrees trees) {
        this.messager = messager;
        this.trees = trees;
    }

    public static Printer of(ProcessingEnvironment environment) {
        return of(environment, SourceTrees.of(environment));
    }

    public static Printer of(ProcessingEnvironment environment, SourceTrees trees) {
        return new Printer(environment.getMessager(), trees);
    }

    void print(Kind kind, String text, Place place) {
        if (place instanceof Place.OfSpot p) {
            p.spot().print(kind, text);
        } else if (place instanceof Place.OfValue p) {
            messager.printMessage(kind, text, p.element(), p.annotation(), p.value());
        } else if (place instanceof Place.OfAnnotation p) {
            messager.printMessage(kind, text, p.element(), p.annotation());
        } else if (!(place instanceof Place.OfThrown p) || !trees.printAtThrown(kind, text, p.element(), p.index())) {
            messager.printMessage(kind, text, place.element());
        }
    }
}
