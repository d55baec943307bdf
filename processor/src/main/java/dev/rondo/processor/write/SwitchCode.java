package dev.rondo.processor.write;

import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A {@code switch} on the number of a handler; numbers with the same code share a case. */
final class SwitchCode {
    private final Map<CodeBlock, List<Integer>> cases = new LinkedHashMap<>();

    void add(int handler, CodeBlock code) {
        cases.computeIfAbsent(code, c -> new ArrayList<>()).add(handler);
    }

    /** A switch whose cases are values, returned. */
    CodeBlock returned() {
        return code("return switch (handler) {\n", "};\n");
    }

    /** A switch whose cases are statements. */
    CodeBlock executed() {
        return code("switch (handler) {\n", "}\n");
    }

    private CodeBlock code(String head, String tail) {
        CodeBlock.Builder code = CodeBlock.builder().add(head).indent();
        cases.forEach((block, handlers) -> {
            String numbers = handlers.stream().map(String::valueOf).collect(Collectors.joining(", "));
            code.add("case $L -> $L;\n", numbers, block);
        });
        code.add("default -> throw new $T(handler);\n", IndexOutOfBoundsException.class);
        return code.unindent().add(tail).build();
    }
}
