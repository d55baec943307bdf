package valid.shared_file;

import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.EventType;
import dev.rondo.annotation.On;
import dev.rondo.annotation.TrainingPlan;
import dev.rondo.event.Event;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Classes beside it are auxiliary: javac warns where another file names them. */
class Shared {
    @On(Event.AFTER_FIT)
    void end(Beside beside) {}
}

class Beside {
    record Part(Mode mode, List<Part> parts) {}

    @Checkpointed
    Part part;

    @Checkpointed
    Map<Mode, Part[]> byMode;

    @Checkpointed
    final EnumSet<Mode> modes = EnumSet.noneOf(Mode.class);

    @On(Event.AFTER_FIT)
    void end(Shared shared, Generic<String> generic) {}
}

class Below extends Beside {
    @Checkpointed
    Mode last;

    @AfterRow
    void row() {}
}

class Generic<T> {
    @On(Event.AFTER_EPOCH)
    void epoch() {}
}

enum Mode {
    ON,
    OFF
}

@EventType
@interface AfterRow {
    int order() default 0;
}

@TrainingPlan({Shared.class, Below.class, Generic.class})
interface Together {}
