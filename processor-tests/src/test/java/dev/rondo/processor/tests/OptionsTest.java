package dev.rondo.processor.tests;

import static dev.rondo.processor.tests.Rejecting.warns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.util.List;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Severities that options change, and suppressions. */
class OptionsTest {
    private static final String SHADOWING = "class Foo { Tensor ^loss; @On(Event.AFTER_FIT) void h() {} }";
    private static final String SHADOW = "Field 'loss' hides the learner's 'loss': setting it does not change training."
            + " Rename it, or write through @Writes(\"loss\").";

    @Test
    void anErrorIsMadeAWarning() {
        says(Diagnostic.Kind.WARNING, "shadow-field", SHADOW, SHADOWING, "-Arondo.severity.shadow_field=warning");
    }

    @Test
    void aWarningIsMadeAnError() {
        String body = "@Callback ^class Foo {}";
        String message = "'Foo' handles no event. Add @On, or remove @Callback.";
        says(Diagnostic.Kind.ERROR, "no-handlers", message, body, "-Arondo.severity.no_handlers=error");
    }

    @Test
    void aCheckIsSwitchedOff() {
        Compilation compilation = compile(SHADOWING, "-Arondo.severity.shadow_field=off");
        assertTrue(Compiling.generates(Compiling.clean(compilation), "Foo_Callbacks.java"));
    }

    @Test
    void anOptionThatChangesNothingIsAllowed() {
        Compiling.clean(
                compile("class Foo { @On(Event.AFTER_FIT) void h() {} }", "-Arondo.severity.private_class=error"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            rondo.severity.shadow_feild=off | rondo.severity.shadow_feild: no such check. Did you mean 'rondo.severity.shadow_field'?
            rondo.severity.shadow_field=warn | rondo.severity.shadow_field: no severity is called 'warn'. There are: error, off, warning.
            rondo.severity.shadow_field | rondo.severity.shadow_field: no severity is called ''. There are: error, off, warning.
            rondo.severity.private_class=off | rondo.severity.private_class: what it finds cannot be compiled, so it stays an error. Delete the option.
            rondo.bodies=no | rondo.bodies: it is on or off, not 'no'.
            rondo.severities=off | rondo.severities: no such option. There are rondo.bodies and rondo.severity.<key>.
            """)
    void anOptionThatMeansNothing(String option, String message) {
        Compilation compilation = compile("class Foo { @On(Event.AFTER_FIT) void h() {} }", "-A" + option);
        assertEquals(
                List.of("[rondo:option] -A" + message),
                compilation.errors().stream().map(e -> e.getMessage(null)).toList());
    }

    @Test
    void aSuppressionOfNoCheck() {
        warns(
                "unused-suppression",
                "No check is called 'inner-clas'. Did you mean 'inner-class'?",
                "^@SuppressWarnings(\"rondo:inner-clas\") class Foo { @On(Event.AFTER_FIT) void h() {} }");
        warns(
                "unused-suppression",
                "No check is called 'shadow-feild'. Did you mean 'shadow-field'?",
                "class Foo { ^@SuppressWarnings({\"unused\", \"rondo:shadow-feild\"}) Tensor t; @On(Event.AFTER_FIT) void h() {} }");
        warns(
                "unused-suppression",
                "No check is called 'attribute-tipe'. Did you mean 'attribute-type'?",
                "class Foo { @On(Event.AFTER_FIT) void h(^@SuppressWarnings(\"rondo:attribute-tipe\") int epoch) {} }");
    }

    private static Compilation compile(String body, String option) {
        return Compiling.compile(Sources.of(body.replace("^", "")), option);
    }

    private static void says(Diagnostic.Kind kind, String key, String message, String body, String option) {
        Rejecting.says(compile(body, option), kind, key, message, "package p; " + Sources.IMPORTS + " " + body);
    }
}
