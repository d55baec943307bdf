package dev.rondo;

import dev.rondo.check.ObjectText;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Model;
import dev.rondo.nn.Parameter;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Warns about layers that a layer of the model has in a field but did not register as children. They would not be trained, moved or saved,
 * and nothing else would say so. Layers whose parameters are frozen, such as a teacher, draw no warning. Looks into fields by reflection,
 * once, when a learner is built; fields of modules that are not open to Rondo are skipped.
 */
final class UnregisteredLayers {
    private final Set<Layer> registered = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Layer> reported = Collections.newSetFromMap(new IdentityHashMap<>());

    private final List<String> found = new ArrayList<>();

    private UnregisteredLayers() {}

    static void warn(Model model) {
        of(model).forEach(LoggerFactory.getLogger(Learner.class)::warn);
    }

    /** A sentence for each layer that is not registered. */
    static List<String> of(Model model) {
        if (!(model instanceof Layer layer)) return List.of();
        UnregisteredLayers search = new UnregisteredLayers();
        search.registered.addAll(layer.layers().values());
        layer.layers().forEach(search::look);
        return search.found;
    }

    private void look(String path, Layer layer) {
        for (Class<?> type = layer.getClass(); Layer.class.isAssignableFrom(type); type = type.getSuperclass()) {
            if (type.getModule() == Layer.class.getModule() && type.getPackage() == Layer.class.getPackage()) return;
            for (Field field : type.getDeclaredFields()) {
                // this$0 is the object around an inner class: not a part of the layer, as a rule
                if (field.getType().isPrimitive() || field.getName().startsWith("this$")) continue;
                layersIn(value(field, layer))
                        .filter(held -> !registered.contains(held) && trainable(held) && reported.add(held))
                        .forEach(held -> report(path, layer, field, held));
            }
        }
    }

    private static @Nullable Object value(Field field, Layer layer) {
        try {
            return field.trySetAccessible() ? field.get(layer) : null;
        } catch (IllegalAccessException e) {
            return null;
        }
    }

    private static Stream<Layer> layersIn(@Nullable Object value) {
        return elements(value).filter(Layer.class::isInstance).map(Layer.class::cast);
    }

    private static Stream<?> elements(@Nullable Object value) {
        if (value instanceof Object[] array) return Arrays.stream(array);
        // not a collection of the program, which may do anything when it is read
        boolean ofTheJdk = value != null && value.getClass().getModule() == Object.class.getModule();
        if (ofTheJdk && value instanceof Collection<?> collection) return collection.stream();
        if (ofTheJdk && value instanceof Map<?, ?> map) return map.values().stream();
        return Stream.ofNullable(value);
    }

    private static boolean trainable(Layer held) {
        return held.parameters().stream().map(Parameter::tensor).anyMatch(t -> !t.isNull() && t.requires_grad());
    }

    private void report(String path, Layer layer, Field field, Layer held) {
        String name = field.getName().replace("val$", "");
        String holder = path.isEmpty() ? ObjectText.name(layer.getClass()) : "the layer '" + path + "'";
        found.add("The field '" + name + "' of " + holder + " has a layer, " + held
                + ", that is not a child of it: it is not trained, moved to the device or saved. Register it with child(\""
                + name + "\", …), or, if it is not to be trained, set_requires_grad(false) on its parameters.");
    }
}
