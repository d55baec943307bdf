package dev.rondo.log;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** The logging of the tests: collects the warnings of the thread that asks for them, and drops the rest. */
public final class Warnings implements SLF4JServiceProvider {
    private static final ThreadLocal<Consumer<String>> TO = ThreadLocal.withInitial(() -> text -> {});

    /** The warnings of this thread during an action. */
    public static List<String> of(Runnable action) {
        List<String> warnings = new ArrayList<>();
        TO.set(warnings::add);
        try {
            action.run();
        } finally {
            TO.remove();
        }
        return warnings;
    }

    private static final class Logger extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1;

        @Override
        protected String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String text, Object[] arguments, Throwable thrown) {
            TO.get().accept(MessageFormatter.basicArrayFormat(text, arguments));
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return false;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }

    private final Logger logger = new Logger();
    private final IMarkerFactory markers = new BasicMarkerFactory();

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> logger;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return new NOPMDCAdapter();
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0";
    }

    @Override
    public void initialize() {}
}
