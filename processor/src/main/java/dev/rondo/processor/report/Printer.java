package dev.rondo.processor.report;

import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.tools.Diagnostic.Kind;

/** Puts diagnostics at their places. */
public class Printer {
    /** Says nothing. */
    static final Printer SILENT = new Printer(null, null) {
        @Override
        void print(Kind kind, String text, Place place) {}
    };

    private final Messager messager;
    private final SourceTrees trees;

    private Printer(Messager messager, SourceTrees trees) {
        this.messager = messager;
        this.trees = trees;
    }

    public static Printer of(ProcessingEnvironment environment) {
        return new Printer(environment.getMessager(), SourceTrees.of(environment));
    }

    void print(Kind kind, String text, Place place) {
        if (place.thrown() >= 0 && trees.printAtThrown(kind, text, (ExecutableElement) place.element(), place.thrown()))
            return;
        messager.printMessage(kind, text, place.element(), place.annotation(), place.value());
    }
}
