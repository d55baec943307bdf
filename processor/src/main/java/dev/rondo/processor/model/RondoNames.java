package dev.rondo.processor.model;

import com.squareup.javapoet.ClassName;
import javax.lang.model.element.TypeElement;

/** Names of types that the processor does not load. It does not depend on the runtime, and reads annotations as mirrors. */
public final class RondoNames {
    public static final String ON = "dev.rondo.annotation.On";
    public static final String CALLBACK = "dev.rondo.annotation.Callback";
    public static final String READ = "dev.rondo.annotation.Read";
    public static final String WRITES = "dev.rondo.annotation.Writes";
    public static final String ATTRIBUTE = "dev.rondo.annotation.Attribute";
    public static final String EVENT_TYPE = "dev.rondo.annotation.EventType";
    public static final String TRAINING_PLAN = "dev.rondo.annotation.TrainingPlan";
    public static final String HOST_READ = "dev.rondo.annotation.HostRead";
    public static final String WAITS_FOR_DEVICE = "dev.rondo.annotation.WaitsForDevice";
    public static final String MUST_CLOSE = "dev.rondo.annotation.MustClose";
    public static final String CHECKPOINTED = "dev.rondo.annotation.Checkpointed";
    public static final String HANDLERS = "dev.rondo.spi.Handlers";
    public static final String LEARNER = "dev.rondo.Learner";
    public static final String LEARNER_PACKAGE = "dev.rondo";
    public static final String CALLBACK_HANDLE = "dev.rondo.CallbackHandle";
    public static final String RUN_KIND = "dev.rondo.event.RunKind";

    public static final String CALLBACK_STATE = "dev.rondo.spi.CallbackState";
    public static final String TENSOR = "org.bytedeco.pytorch.Tensor";

    /** The compiler of Kotlin puts it on its classes, and kapt on what it shows to processors. */
    public static final String KOTLIN_CLASS = "kotlin.Metadata";

    private static final String SPI = "dev.rondo.spi";

    public static final ClassName CALLBACK_TABLE = ClassName.get(SPI, "CallbackTable");
    public static final ClassName CALLBACK_INDEX = ClassName.get(SPI, "CallbackIndex");
    public static final ClassName CALLBACK_PLAN = ClassName.get(SPI, "CallbackPlan");
    public static final ClassName EVENTS = ClassName.get(SPI, "Events");
    public static final ClassName EVENT_TABLES = ClassName.get(SPI, "EventTables");
    public static final ClassName LOOP_BODY = ClassName.get(SPI, "LoopBody");
    public static final ClassName STATE_READER = ClassName.get(SPI, "StateReader");
    public static final ClassName STATE_TYPE = ClassName.get(SPI, "StateType");
    public static final ClassName STATE_VALUES = ClassName.get(SPI, "StateValues");
    public static final ClassName HANDLERS_ANNOTATION = ClassName.get(SPI, "Handlers");
    public static final ClassName HANDLER_ANNOTATION = HANDLERS_ANNOTATION.nestedClass("Handler");

    private RondoNames() {}

    /** The table of a class, in the class's package: {@code Foo_Callbacks}, {@code Outer_Foo_Callbacks}. */
    public static ClassName tableOf(TypeElement type) {
        return beside(type, "_Callbacks");
    }

    /** The plan that is generated for a type: {@code Foo_Plan}. */
    public static ClassName planOf(TypeElement type) {
        return beside(type, "_Plan");
    }

    /** The method of a table that calls one handler. */
    public static String handler(int number) {
        return "handler" + number;
    }

    private static ClassName beside(TypeElement type, String suffix) {
        ClassName name = ClassName.get(type);
        return ClassName.get(name.packageName(), String.join("_", name.simpleNames()) + suffix);
    }
}
