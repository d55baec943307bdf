package dev.rondo.checkpoint;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the tensors of a file are loaded into a model. Without options, names and shapes must be the model's, as with PyTorch's {@code
 * load_state_dict(strict=True)}. Instances are immutable: each method returns a copy, as in {@code new
 * LoadOptions().stripPrefix("module.").partial()}. Names change in the order of the calls.
 */
public final class LoadOptions {
    private final UnaryOperator<String> renaming;
    private final List<String> changes; // the renaming in words
    private final boolean partial;
    private final List<String> inside;

    /** Every tensor must be in the file and in the model, under the same name. */
    public LoadOptions() {
        this(UnaryOperator.identity(), List.of(), false, List.of());
    }

    private LoadOptions(UnaryOperator<String> renaming, List<String> changes, boolean partial, List<String> inside) {
        this.renaming = renaming;
        this.changes = changes;
        this.partial = partial;
        this.inside = inside;
    }

    /**
     * Renames the tensors of the file.
     *
     * @param renaming from the name in the file to the name in the model; a name that does not change is returned as it is
     */
    public LoadOptions rename(UnaryOperator<String> renaming) {
        Objects.requireNonNull(renaming, "renaming");
        return renamed("rename by a function", renaming);
    }

    private LoadOptions renamed(String inWords, UnaryOperator<String> next) {
        List<String> more = Stream.concat(changes.stream(), Stream.of(inWords)).toList();
        return new LoadOptions(name -> next.apply(renaming.apply(name)), more, partial, inside);
    }

    /**
     * Replaces a part of the names of the file, wherever the pattern is found: {@code rename("^encoder\\.layer\\.(\\d+)", "blocks.$1")}.
     *
     * @param regex a regular expression
     * @param replacement may refer to groups, as in {@link java.util.regex.Matcher#replaceAll(String)}
     * @throws java.util.regex.PatternSyntaxException if it is not a regular expression
     */
    public LoadOptions rename(String regex, String replacement) {
        Pattern pattern = Pattern.compile(regex);
        Objects.requireNonNull(replacement, "replacement");
        return renamed("rename " + regex + " to " + replacement, name -> pattern.matcher(name)
                .replaceAll(replacement));
    }

    /**
     * Removes a prefix from the names of the file that begin with it, such as {@code module.} of {@code DataParallel}.
     *
     * @see <a href="https://docs.pytorch.org/docs/2.10/generated/torch.nn.modules.utils.consume_prefix_in_state_dict_if_present.html">
     *     PyTorch, consume_prefix_in_state_dict_if_present</a>
     */
    public LoadOptions stripPrefix(String prefix) {
        Objects.requireNonNull(prefix, "prefix");
        return renamed(
                "strip prefix " + prefix, name -> name.startsWith(prefix) ? name.substring(prefix.length()) : name);
    }

    /** Puts a prefix before all names of the file. */
    public LoadOptions addPrefix(String prefix) {
        Objects.requireNonNull(prefix, "prefix");
        return renamed("add prefix " + prefix, name -> prefix + name);
    }

    /**
     * Loads the tensors that fit and leaves out the others; the {@link LoadReport} lists them. At least one must fit. PyTorch's {@code
     * strict=False} does the same for missing and unknown names, but refuses other shapes.
     */
    public LoadOptions partial() {
        return new LoadOptions(renaming, changes, true, inside);
    }

    /**
     * Takes the tensors of a dictionary inside of the file's: {@code inside("state_dict")} for {@code torch.save({"state_dict":
     * model.state_dict(), "epoch": 3}, file)}. Only {@link TorchFile} has such dictionaries.
     *
     * @param keys the way to the dictionary, from the outside
     */
    public LoadOptions inside(String... keys) {
        return new LoadOptions(renaming, changes, partial, List.of(keys));
    }

    /** The keys that {@link #inside} set, for {@link WeightsFile#read}; empty for the outermost dictionary. */
    public List<String> insideKeys() {
        return inside;
    }

    boolean isPartial() {
        return partial;
    }

    /** The name in the model. */
    String renamed(String name) {
        return Objects.requireNonNull(renaming.apply(name), () -> "The renaming of '" + name + "' returned null.");
    }

    /** The options that were set, in the order in which they apply. */
    @Override
    public String toString() {
        return Stream.of(
                        inside.isEmpty() ? Stream.<String>empty() : Stream.of("inside " + String.join(", ", inside)),
                        changes.stream(),
                        partial ? Stream.of("partial") : Stream.<String>empty())
                .flatMap(part -> part)
                .collect(Collectors.joining(", ", "LoadOptions[", "]"));
    }
}
