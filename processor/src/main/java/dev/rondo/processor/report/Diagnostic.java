package dev.rondo.processor.report;

import static dev.rondo.processor.report.Severity.ERROR;
import static dev.rondo.processor.report.Severity.FIXED_ERROR;
import static dev.rondo.processor.report.Severity.WARNING;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The catalogue of all diagnostics: key, severity, what is wrong, and what to do. Constants of one key are variants of one check. */
public enum Diagnostic {
    NO_EVENT("no-event", FIXED_ERROR, "@On on '%s' lists no event, so it never runs.", "Name one, or delete @On."),
    REPEATED_EVENT("repeated-event", FIXED_ERROR, "'%s' lists %s twice.", "Delete one."),
    ORDER_VALUE("order-value", FIXED_ERROR, "The order of '%s' is %s.", "State a finite number, or none."),
    EMPTY_VALUE("invalid-value", ERROR, "'%1$s' lists nothing in %2$s, so %3$s.", "Name a %4$s, or delete %2$s."),
    REPEATED_VALUE("invalid-value", ERROR, "'%s' lists %s twice.", "Delete one."),
    VERSION_VALUE(
            "invalid-value", ERROR, "The stateVersion of '%s' is %d, and versions count from 1.", "State 1 or more."),
    VERSION_UNUSED(
            "invalid-value",
            ERROR,
            "'%s' states a stateVersion, and declares no @Checkpointed field that has it.",
            "Delete stateVersion."),
    WRITES_NOTHING("invalid-value", ERROR, "@Writes on '%s' names no attribute.", "Name one, or delete @Writes."),
    ATTRIBUTE_SPAN(
            "invalid-value", ERROR, "'%s' has a value from %s until %s, which is before that.", "Exchange the events."),
    ATTRIBUTE_OWNERS(
            "invalid-value",
            ERROR,
            "'%s' is writable by all callbacks, so its owners mean nothing.",
            "Delete one of them."),
    NO_ACCESSOR(
            "no-effect",
            ERROR,
            "@Attribute on '%s' has no effect: an attribute is %s.",
            "Change the method, or delete @Attribute."),
    NO_HANDLER_HERE(
            "no-effect", ERROR, "@%s on '%s' has no effect: '%s' handles no event.", "Add @On, or delete @%1$s."),
    NOTHING_SAVED(
            "no-effect",
            ERROR,
            "@Checkpointed on '%s' has no effect: '%s' handles no event, so it is no callback.",
            "Mark a field of the callback."),
    PRIVATE_HANDLER(
            "private-handler",
            FIXED_ERROR,
            "'%s' is private; generated code in its package cannot call it.",
            "Drop 'private'."),
    STATIC_HANDLER(
            "static-handler", FIXED_ERROR, "'%s' is static; handlers run on a callback object.", "Drop 'static'."),
    ABSTRACT_HANDLER(
            "abstract-handler", FIXED_ERROR, "'%s' has no body here.", "Annotate the method that implements it."),
    GENERIC_HANDLER(
            "generic-handler",
            FIXED_ERROR,
            "'%s' declares type parameters, which nothing can choose.",
            "Use their bounds."),
    PRIVATE_CLASS("private-class", FIXED_ERROR, "Generated code cannot name '%1$s'.", "Make '%2$s' package-private."),
    COMPACT_FILE(
            "private-class",
            FIXED_ERROR,
            "Generated code cannot name '%1$s', a member of a compact source file.",
            "Move '%1$s' to a file of its own."),
    NAME_CLASH("name-clash", FIXED_ERROR, "'%s' exists already.", "Rename one class."),
    UNKNOWN_ATTRIBUTE("unknown-attribute", FIXED_ERROR, "The learner has no attribute '%s'.", "%s"),
    ATTRIBUTE_TYPE("attribute-type", FIXED_ERROR, "'%1$s' is %2$s, not %3$s.", "Declare it as %4$s."),
    RESULT_TYPE("attribute-type", FIXED_ERROR, "'%1$s' is %2$s, not %3$s.", "Return %2$s."),
    ATTRIBUTE_READ_ONLY("attribute-read-only", FIXED_ERROR, "'%s' cannot be set.", "Callbacks can set: %s."),
    ATTRIBUTE_OWNED("attribute-read-only", FIXED_ERROR, "'%s' is set by %s only.", "Callbacks can set: %s."),
    RESULT_WITHOUT_WRITES(
            "writes-without-result",
            FIXED_ERROR,
            "'%s' returns %s that nothing takes.",
            "Add @Writes(\"…\") or return void."),
    WRITES_WITHOUT_RESULT(
            "writes-without-result",
            FIXED_ERROR,
            "'%1$s' returns nothing and cannot reach the learner, so it sets no '%2$s'.",
            "Return the value, or take the Learner."),
    WRITES_SEVERAL(
            "writes-without-result",
            FIXED_ERROR,
            "'%s' returns one value, and its @Writes has %d names.",
            "Name the attribute that takes it."),
    LEARNER_TYPE("learner-type", FIXED_ERROR, "This callback is not declared for '%1$s'.", "Add learner = %1$s.class."),
    BASE_LEARNER_TYPE(
            "learner-type",
            FIXED_ERROR,
            "'%1$s' needs %2$s, which '%3$s' is not.",
            "Name a subclass of %2$s as the learner."),
    LEARNER_NOT_ACCESSIBLE(
            "learner-type", FIXED_ERROR, "Generated code cannot name the learner '%s'.", "Make it accessible."),
    NOT_A_LEARNER("learner-type", FIXED_ERROR, "'%s' is not a Learner.", "Name a subclass of dev.rondo.Learner."),
    CHECKED_EXCEPTION(
            "checked-exception",
            FIXED_ERROR,
            "'%s' may throw %s; only cancels and unchecked exceptions may leave a handler.",
            "Catch it, or wrap it."),
    MISSING_BASE_TABLE(
            "missing-base-table",
            FIXED_ERROR,
            "'%s' has handlers, but no table.",
            "Build its artifact with rondo-processor."),
    REQUIREMENT(
            "requirement",
            FIXED_ERROR,
            "Parameter %d (%s) has a type that handlers cannot ask for.",
            "Accepted: attributes by name, Learner, CallbackHandle, RunKind, a callback."),
    REQUIREMENT_ITSELF(
            "requirement",
            FIXED_ERROR,
            "Parameter %d requires another %s, which would itself require one.",
            "Remove it; 'this' is the callback."),
    REQUIREMENT_NOT_ACCESSIBLE(
            "requirement",
            FIXED_ERROR,
            "Generated code cannot name '%1$s'.",
            "Make '%2$s' visible to the package of the callback."),
    PRIVATE_CHECKPOINTED("private-checkpointed", FIXED_ERROR, "Generated code cannot reach '%s'.", "%s."),
    HIDDEN_CHECKPOINTED(
            "private-checkpointed",
            FIXED_ERROR,
            "Generated code cannot reach '%s'.",
            "Make it visible to the package of the callback."),
    CHECKPOINTED_TYPE("checkpointed-type", FIXED_ERROR, "%s cannot be saved.", "%s, or implement CallbackState."),
    CHECKPOINTED_FINAL("checkpointed-type", FIXED_ERROR, "'%s' is final, so nothing can be restored to it.", "%s."),
    CHECKPOINTED_STATIC(
            "checkpointed-type", FIXED_ERROR, "'%s' is static; state belongs to a callback object.", "Drop 'static'."),
    CHECKPOINTED_TWICE(
            "checkpointed-type", FIXED_ERROR, "A superclass also saves a '%s'.", "Rename it: the name is the key."),
    CHECKPOINTED_NOT_ACCESSIBLE(
            "checkpointed-type",
            FIXED_ERROR,
            "Generated code cannot name '%1$s'.",
            "Make '%2$s' visible to the package of the callback."),
    EVENT_TYPE("event-type", FIXED_ERROR, "An event needs", "'int order() default 0'."),
    EVENT_TYPE_ORDER(
            "event-type",
            FIXED_ERROR,
            "The default order of '%s' is %s, but a handler that states no order has that of its class.",
            "Write 'int order() default 0'."),
    EVENT_TYPE_TARGET(
            "event-type", FIXED_ERROR, "'%s' cannot annotate methods.", "Add ElementType.METHOD to its @Target."),
    EVENT_TYPE_RETENTION(
            "event-type",
            FIXED_ERROR,
            "'%s' is not kept in class files, so other artifacts cannot inherit its handlers.",
            "Drop its @Retention."),
    EVENT_TYPE_REPEATABLE(
            "event-type",
            FIXED_ERROR,
            "'%s' is repeatable, and compilers wrap repeated annotations in another one.",
            "Drop @Repeatable."),
    EVENT_NOT_ACCESSIBLE(
            "event-type",
            FIXED_ERROR,
            "Generated code cannot name the event %1$s.",
            "Make '%2$s' visible to the package of the callback."),
    DEFERRED("deferred", FIXED_ERROR, "No table for '%s': type '%s' never appeared.", "Fix the errors above."),
    INTERNAL(
            "internal",
            FIXED_ERROR,
            "The processor failed on '%s'; it continues with other classes.",
            "Please report this: %s"),
    HANDLER_IN_INTERFACE(
            "handler-in-interface", ERROR, "Handlers of interfaces are not collected.", "Move '%s' to the class."),
    MODULE_PROVIDES(
            "module-provides",
            ERROR,
            "Module '%s' does not provide its index of callbacks, so no learner finds them.",
            "Add to module-info.java: provides %s with %s;"),
    CANCEL_NO_EFFECT(
            "cancel-no-effect", ERROR, "%s from %s has nothing to cancel: no %s is open there.", "Legal there: %s."),
    CANCEL_TOO_WIDE("cancel-too-wide", WARNING, "'%s' declares every cancel.", "List those that it throws."),
    ATTRIBUTE_NOT_READY(
            "attribute-not-ready", ERROR, "'%s' is absent at %s; it is there from %s to %s.", "Move to %s."),
    ATTRIBUTE_NOT_READY_IN_BODY(
            "attribute-not-ready",
            ERROR,
            "'%1$s' is absent at %2$s, which '%3$s' handles; it is there from %4$s to %5$s.",
            "Move to %6$s%7$s."),
    UNDECLARED_WRITE("undeclared-write", ERROR, "'%s' sets '%s', which no @Writes of it lists.", "%s @Writes(%s)."),
    SECOND_WRITE(
            "undeclared-write",
            ERROR,
            "'%1$s' sets '%2$s' beside the value that it returns.",
            "Return void, and list in @Writes all that it sets."),
    UNUSED_WRITE("unused-write", WARNING, "Nothing in '%s' sets '%s'.", "Set it, or drop it from @Writes."),
    ESCAPING_TENSOR(
            "escaping-tensor",
            WARNING,
            "%s is freed when the batch ends, and %s lives longer.",
            "Keep a handle: learner.keep(…), which you close."),
    HOST_READ(
            "host-read",
            WARNING,
            "'%1$s' makes the host wait for the device inside a batch, at %2$s.",
            "Read less often, and acknowledge it: @HostRead(\"…\") on '%3$s'."),
    HOST_READ_PARAMETER(
            "host-read",
            WARNING,
            "Reading '%1$s' makes the host wait for the device inside a batch, at %2$s.",
            "Take the Learner to read it less often, and acknowledge it: @HostRead(\"…\") on '%3$s'."),
    HOST_READ_UNUSED(
            "host-read", WARNING, "'%s' acknowledges a host read, and has none inside a batch.", "Delete @HostRead."),
    HOST_READ_OF_NO_HANDLER(
            "host-read",
            WARNING,
            "'%s' is no handler, so its @HostRead acknowledges nothing.",
            "Move @HostRead to the handlers that call it."),
    SWALLOWED_CANCEL(
            "swallowed-cancel",
            WARNING,
            "catch of %s also catches %s, which then cancels nothing.",
            "Catch it before and throw it on."),
    IGNORED_UNDO(
            "ignored-undo",
            WARNING,
            "The result of '%s' is thrown away, so nothing undoes what it does.",
            "Close it: try (var undo = …) { … }, or learner.until(…)."),
    LOCAL_CLASS(
            "local-class",
            ERROR,
            "'%s' is in a local or anonymous class, for which no table can be generated: it never runs.",
            "Make the class a member or a class of its own."),
    NEVER_FIRES(
            "never-fires", ERROR, "%1$s fires in %2$s only, and '%3$s' runs in %4$s.", "Add %5$s, or drop the event."),
    SHADOW_FIELD(
            "shadow-field",
            ERROR,
            "Field '%1$s' hides the learner's '%1$s': setting it does not change training.",
            "Rename it%2$s."),
    SHADOW_FIELD_NAME(
            "shadow-field",
            WARNING,
            "Field '%1$s' has the name of the learner's '%1$s' and another type.",
            "Rename it."),
    SHADOW_SETTER("shadow-setter", ERROR, "'%s' sets a property of the callback, not of the learner.", "Rename it."),
    LOOKS_LIKE_HANDLER(
            "looks-like-handler", WARNING, "'%s' has no @On, so it does not run.", "Did you mean @On(Event.%s)?"),
    NO_HANDLERS("no-handlers", WARNING, "'%s' handles no event.", "Add @On, or remove @Callback."),
    INNER_CLASS("inner-class", WARNING, "Each '%s' keeps its '%s' alive.", "Make it static."),
    UNANNOTATED_OVERRIDE(
            "unannotated-override",
            WARNING,
            "'%1$s' overrides %2$s.%1$s, which handles %3$s, and will still run.",
            "Repeat @On."),
    CONFLICTING_OVERRIDE("conflicting-override", ERROR, "'%s' handles %s here and %s in %s.", "Make them agree."),
    PLAN_DUPLICATE("plan-duplicate", ERROR, "'%s' is listed twice.", "Delete one, or register the second by hand."),
    PLAN_ABSTRACT("plan-abstract", FIXED_ERROR, "'%s' is abstract.", "List a concrete class."),
    PLAN_MEMBER(
            "plan-member", FIXED_ERROR, "'%s' is not a callback: it has no table.", "List classes that handle events."),
    PLAN_EMPTY("plan-member", FIXED_ERROR, "The plan lists no callback.", "List those that run together."),
    PLAN_MEMBER_NOT_ACCESSIBLE(
            "plan-member",
            FIXED_ERROR,
            "Generated code cannot name '%1$s'.",
            "Make '%2$s' visible to the package of the plan."),
    PLAN_REQUIREMENT("plan-requirement", ERROR, "'%1$s' requires %2$s.", "Add %2$s.class."),
    PLAN_READ_BEFORE_WRITE(
            "plan-read-before-write",
            ERROR,
            "'%1$s' (order %2$s) reads '%3$s' at %4$s before %5$s (%6$s) sets it.",
            "Raise its order above %6$s."),
    PLAN_HOST_READ(
            "plan-host-read",
            ERROR,
            "'%1$s' waits for the device at %2$s, in '%3$s', and the plan allows no host reads.",
            "List another callback, or drop hostReads = NONE."),
    PLAN_WRITE_CONFLICT(
            "plan-write-conflict", WARNING, "'%s' and '%s' both write '%s' at %s with order %s.", "Order them."),
    PLAN_TIE("plan-tie", WARNING, "'%s' and '%s' both have order %s at %s, and %s.", "Order them."),
    PLAN_DEFERRED("deferred", FIXED_ERROR, "No plan for '%s': type '%s' never appeared.", "Fix the errors above."),
    OPTION("option", FIXED_ERROR, "-A%s:", "%s"),
    UNUSED_SUPPRESSION("unused-suppression", WARNING, "No check is called '%s'.", "%s");

    private final String key;
    private final Severity severity;
    private final String message;
    private final String hint;

    Diagnostic(String key, Severity severity, String message, String hint) {
        this.key = key;
        this.severity = severity;
        this.message = message;
        this.hint = hint;
    }

    /** The name of the check: in messages, options, suppressions, and the name of its page in the documentation. */
    public String key() {
        return key;
    }

    /** The keys of all checks. */
    public static SortedSet<String> keys() {
        return Arrays.stream(values()).map(Diagnostic::key).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The variants of a check; none if there is no such check. */
    static List<Diagnostic> of(String key) {
        return Arrays.stream(values()).filter(d -> d.key.equals(key)).toList();
    }

    public Severity severity() {
        return severity;
    }

    /** The whole line that the compiler prints. */
    public String text(Object... arguments) {
        return "[rondo:" + key + "] " + String.format(Locale.ROOT, message + " " + hint, arguments);
    }
}
