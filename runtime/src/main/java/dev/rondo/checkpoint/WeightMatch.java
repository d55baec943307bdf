package dev.rondo.checkpoint;

import dev.rondo.checkpoint.LoadReport.Unfit;
import dev.rondo.checkpoint.ModelTensors.Slot;
import dev.rondo.checkpoint.pickle.FileText;
import dev.rondo.nn.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Which saved tensor belongs to which tensor of a model, and what does not fit. Changes nothing. */
final class WeightMatch {
    /** A counter of PyTorch's batch norm, which does not affect its results. Rondo does not have it. */
    private static final String PYTORCH_COUNT = "num_batches_tracked";

    private final List<Slot> slots;
    private final Map<String, Tensor> saved; // by the names in the model
    private final Map<Slot, Tensor> fitting = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<Unfit> unfit = new ArrayList<>();

    /**
     * @throws IllegalArgumentException if renaming makes two names equal
     */
    WeightMatch(Model model, Map<String, Tensor> saved, LoadOptions options) {
        slots = ModelTensors.of(model);
        this.saved = renamed(saved, options);
        for (Slot slot : slots) match(slot);
        Set<String> known = slots.stream().flatMap(s -> s.names().stream()).collect(Collectors.toSet());
        for (String name : this.saved.keySet()) if (!known.contains(name) && !isCount(name)) unknown.add(name);
    }

    private static Map<String, Tensor> renamed(Map<String, Tensor> saved, LoadOptions options) {
        Map<String, Tensor> renamed = new LinkedHashMap<>();
        Map<String, String> origins = new LinkedHashMap<>();
        saved.forEach((name, tensor) -> {
            String to = options.renamed(name);
            String other = origins.put(to, name);
            if (other != null) {
                throw new IllegalArgumentException("The saved names " + FileText.quoted(other) + " and "
                        + FileText.quoted(name) + " both become " + FileText.quoted(to) + ".");
            }
            renamed.put(to, tensor);
        });
        return renamed;
    }

    private static boolean isCount(String name) {
        return name.equals(PYTORCH_COUNT) || name.endsWith("." + PYTORCH_COUNT);
    }

    private void match(Slot slot) {
        List<String> present = slot.names().stream().filter(saved::containsKey).toList();
        if (present.isEmpty()) {
            missing.add(slot.name());
            return;
        }
        Tensor first = saved.get(present.get(0));
        for (String name : present) {
            if (unfit(name, saved.get(name), slot.tensor())) return;
        }
        for (String name : present) {
            if (sameValues(first, saved.get(name))) continue;
            unfit.add(new Unfit(
                    name,
                    "other values than " + FileText.quoted(present.get(0)),
                    "the same tensor as " + FileText.quoted(present.get(0))));
            return;
        }
        fitting.put(slot, first);
    }

    private boolean unfit(String name, Tensor from, Tensor to) {
        boolean types = ElementType.of(from.scalar_type())
                .flatMap(f -> ElementType.of(to.scalar_type()).map(f::fits))
                .orElse(false);
        // PyTorch loads one element into a scalar, too
        boolean shapes = Arrays.equals(from.shape(), to.shape())
                || to.shape().length == 0 && Arrays.equals(from.shape(), new long[] {1});
        if (types && shapes) return false;
        unfit.add(new Unfit(name, form(from), form(to)));
        return true;
    }

    private static boolean sameValues(Tensor a, Tensor b) {
        if (a == b) return true;
        try (PointerScope temporary = new PointerScope()) {
            return a.equal(b.to(a.scalar_type()));
        }
    }

    static String form(Tensor tensor) {
        return ElementType.name(tensor.scalar_type()) + Arrays.toString(tensor.shape());
    }

    /** The tensors of the model for which there is a saved one. */
    Map<Slot, Tensor> fitting() {
        return fitting;
    }

    LoadReport report() {
        List<String> loaded = fitting.keySet().stream().map(Slot::name).toList();
        return new LoadReport(loaded, missing, unknown, unfit);
    }

    /** Says what does not fit, with near names and the way out. */
    String message() {
        Differences plain = new Differences(report(), name -> "");
        if (plain.single()) return plain.sentence();
        Map<String, String> wanted = new LinkedHashMap<>();
        Set<String> without = Set.copyOf(missing);
        for (Slot slot : slots) if (without.contains(slot.name())) wanted.put(slot.name(), form(slot.tensor()));
        NearNames near = new NearNames(wanted);
        Differences all = new Differences(report(), name -> near.suggestion(name, form(saved.get(name))));
        String part = fitting.isEmpty()
                ? ""
                : "\nnew LoadOptions().partial() loads what fits (" + fitting.size() + " of " + slots.size() + ").";
        return "Names, shapes or types differ from the model's, and nothing was loaded." + all.lines() + part
                + NearNames.prefixHint(unknown, wanted.keySet());
    }
}
