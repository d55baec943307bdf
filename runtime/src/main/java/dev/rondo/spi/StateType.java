package dev.rondo.spi;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a type are saved in a state and restored from it. Generated code composes one for each {@link
 * dev.rondo.annotation.Checkpointed} field:
 *
 * <pre>{@code
 * StateType<Map<String, double[]>> type =
 *         StateType.map(LinkedHashMap::new, StateType.STRING, StateType.array(double[]::new, StateType.DOUBLE));
 * }</pre>
 *
 * <p>The saved form consists of booleans, numbers, strings, lists, maps with strings as keys, tensors and nulls, so that a file can hold
 * it. It shares nothing mutable with the value, except tensors. A number may be restored from another type of number, as after a file
 * format, if its value is the same. Null is saved as null; {@link #required} refuses it.
 *
 * @param <T> the type of the values
 */
public abstract class StateType<T> {
    public static final StateType<Boolean> BOOLEAN = new ScalarType<>("Boolean", Boolean.class, text -> switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException();
    });
    public static final StateType<Character> CHARACTER = new CharacterType();
    public static final StateType<Byte> BYTE = new NumberType<>(Byte.class, BigDecimal::byteValueExact);
    public static final StateType<Short> SHORT = new NumberType<>(Short.class, BigDecimal::shortValueExact);
    public static final StateType<Integer> INTEGER = new NumberType<>(Integer.class, BigDecimal::intValueExact);
    public static final StateType<Long> LONG = new NumberType<>(Long.class, BigDecimal::longValueExact);
    public static final StateType<Float> FLOAT = new FloatingType<>(Float.class, Number::floatValue, Float::valueOf);
    public static final StateType<Double> DOUBLE =
            new FloatingType<>(Double.class, Number::doubleValue, Double::valueOf);
    public static final StateType<String> STRING = new ScalarType<>("String", String.class, text -> text);
    public static final StateType<OptionalInt> OPTIONAL_INT =
            new OptionalType<>(INTEGER, OptionalInt.empty(), OptionalInt::of, o -> o.isPresent() ? o.getAsInt() : null);
    public static final StateType<OptionalLong> OPTIONAL_LONG =
            new OptionalType<>(LONG, OptionalLong.empty(), OptionalLong::of, o -> o.isPresent() ? o.getAsLong() : null);
    public static final StateType<OptionalDouble> OPTIONAL_DOUBLE = new OptionalType<>(
            DOUBLE, OptionalDouble.empty(), OptionalDouble::of, o -> o.isPresent() ? o.getAsDouble() : null);

    StateType() {}

    /**
     * A type that is saved as the text of {@code toString}, such as {@code Duration}.
     *
     * @param name the name of the type, for messages
     * @param parse returns the value of a text
     */
    public static <T> StateType<T> text(String name, Function<String, T> parse) {
        return new TextType<>(name, Object::toString, parse);
    }

    /**
     * An enum, which is saved as the name of the constant.
     *
     * @param name the name of the type, for messages
     */
    public static <E extends Enum<E>> StateType<E> constant(String name, E[] constants) {
        return TextType.ofConstants(name, constants);
    }

    /** A tensor, which a state holds as it is. */
    public static <T extends AutoCloseable> StateType<T> handle(Class<T> type) {
        return new ScalarType<>(type.getSimpleName(), type, text -> {
            throw new IllegalArgumentException();
        });
    }

    /**
     * An array of objects or of primitives, which is saved as a list.
     *
     * @param create makes an array of a length
     */
    public static <A, E> StateType<A> array(IntFunction<A> create, StateType<E> element) {
        return new ArrayType<>(create, element);
    }

    /**
     * A list, set or queue, which is saved as a list.
     *
     * @param empty makes an empty one
     */
    public static <E extends @Nullable Object, C extends Collection<E>> StateType<C> collection(
            Supplier<? extends C> empty, StateType<E> element) {
        return new CollectionType<>(empty, element);
    }

    /**
     * A map. Its keys are saved as text.
     *
     * @param empty makes an empty one
     */
    public static <K, V extends @Nullable Object, M extends Map<K, V>> StateType<M> map(
            Supplier<? extends M> empty, StateType<K> key, StateType<V> value) {
        return new MapType<>(empty, key, value);
    }

    /** An optional value, which is saved as a list of one element or none. */
    public static <T> StateType<Optional<T>> optional(StateType<T> value) {
        return new OptionalType<>(value, Optional.empty(), Optional::of, o -> o.orElse(null));
    }

    /**
     * A record, which is saved as a map.
     *
     * @param name the name of the type, for messages
     * @param save writes the components by name
     * @param read reads the components and creates the record
     */
    public static <T> StateType<T> record(
            String name, BiConsumer<T, Map<String, @Nullable Object>> save, Function<StateReader, T> read) {
        return new RecordType<>(name, save, read);
    }

    /** The same type, which refuses null when it is restored. */
    public StateType<T> required() {
        return new RequiredType<>(this);
    }

    /** The saved form of a value. */
    public @Nullable Object save(@Nullable T value) {
        return value == null ? null : toSaved(value);
    }

    @Nullable
    T read(@Nullable Object saved, StatePlace place) {
        return saved == null ? null : fromSaved(saved, place);
    }

    /** The value of a key of a map, which was saved as text; throws an exception if the text is of none. */
    T key(String text) {
        return fromSaved(text, new StatePlace("", ""));
    }

    /** The type, such as {@code Integer}. */
    @Override
    public String toString() {
        return name();
    }

    /** The type in messages. */
    abstract String name();

    abstract Object toSaved(T value);

    abstract T fromSaved(Object saved, StatePlace place);

    private static final class RequiredType<T> extends StateType<T> {
        private final StateType<T> type;

        RequiredType(StateType<T> type) {
            this.type = type;
        }

        @Override
        public StateType<T> required() {
            return this;
        }

        @Override
        T read(@Nullable Object saved, StatePlace place) {
            if (saved == null) throw place.fault("is null, not " + StatePlace.withArticle(type.name()));
            return type.fromSaved(saved, place);
        }

        @Override
        T key(String text) {
            return type.key(text);
        }

        @Override
        String name() {
            return type.name();
        }

        @Override
        Object toSaved(T value) {
            return type.toSaved(value);
        }

        @Override
        T fromSaved(Object saved, StatePlace place) {
            return type.fromSaved(saved, place);
        }
    }
}
