package dev.rondo.processor.write;

import com.squareup.javapoet.AnnotationSpec;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import com.squareup.javapoet.WildcardTypeName;
import dev.rondo.processor.model.RondoNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;

/** Writes an index: a {@code switch} on the name of a callback's class. */
public final class IndexWriter {
    /** The largest number of members in an index: a class file holds at most 65,535 constants, and a method 64 kB. */
    public static final int MAX_MEMBERS = 1000;

    private static final int MEMBERS_PER_METHOD = 250;
    private static final TypeName TABLE =
            ParameterizedTypeName.get(RondoNames.CALLBACK_TABLE, WildcardTypeName.subtypeOf(Object.class));

    private final GeneratedMark generatedMark;

    public IndexWriter(GeneratedMark generatedMark) {
        this.generatedMark = generatedMark;
    }

    /**
     * A class with a table.
     *
     * @param binaryName the result of {@code Class.getName}
     */
    public record Member(String binaryName, ClassName table, Element element) {}

    /**
     * @param members sorted; the index is in the package of the first, or in the unnamed package if it refers to a class there
     * @param identity the source of the name of the index
     */
    public JavaFile write(List<Member> members, String identity) {
        ClassName name = ClassName.get(packageOf(members), "CallbackIndex_" + hash(identity));
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addJavadoc(
                        "Finds the tables of $L.\n", members.size() == 1 ? "one class" : members.size() + " classes")
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addSuperinterface(RondoNames.CALLBACK_INDEX);
        generatedMark
                .generated(members.get(0).element(), "CallbackIndexProcessor")
                .ifPresent(type::addAnnotation);
        if (generatedMark.inModule(members.get(0).element())) {
            type.addAnnotation(AnnotationSpec.builder(SuppressWarnings.class)
                    .addMember("value", "$S", "exports")
                    .build());
        }
        for (Member member : members) type.addOriginatingElement(member.element());
        type.addMethod(MethodSpec.constructorBuilder()
                .addJavadoc("For {@link $T}.\n", java.util.ServiceLoader.class)
                .addModifiers(Modifier.PUBLIC)
                .build());

        int parts = (members.size() + MEMBERS_PER_METHOD - 1) / MEMBERS_PER_METHOD;
        MethodSpec.Builder table = MethodSpec.methodBuilder("table")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(TABLE)
                .addParameter(
                        ParameterizedTypeName.get(ClassName.get(Class.class), WildcardTypeName.subtypeOf(Object.class)),
                        "type")
                .addParameter(Object.class, "callback");
        if (parts == 1) {
            type.addMethod(table.addCode(lookup("type.getName()", members)).build());
        } else {
            table.addStatement("$T table = null", TABLE);
            for (int part = 0; part < parts; part++) {
                table.addStatement("if (table == null) table = part$L(type.getName(), callback)", part);
            }
            type.addMethod(table.addStatement("return table").build());
            for (int part = 0; part < parts; part++) {
                int end = Math.min(members.size(), (part + 1) * MEMBERS_PER_METHOD);
                type.addMethod(MethodSpec.methodBuilder("part" + part)
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .returns(TABLE)
                        .addParameter(String.class, "name")
                        .addParameter(Object.class, "callback")
                        .addCode(lookup("name", members.subList(part * MEMBERS_PER_METHOD, end)))
                        .build());
            }
        }
        return JavaFile.builder(name.packageName(), type.build()).indent("    ").build();
    }

    private static CodeBlock lookup(String name, List<Member> members) {
        CodeBlock.Builder code =
                CodeBlock.builder().add("return switch ($L) {\n", name).indent();
        for (Member member : members) {
            code.add("case $S -> $T.bind(callback);\n", member.binaryName(), member.table());
        }
        return code.add("default -> null;\n").unindent().add("};\n").build();
    }

    private static String packageOf(List<Member> members) {
        // Code in a named package cannot refer to classes of the unnamed one.
        boolean unnamed =
                members.stream().anyMatch(member -> member.table().packageName().isEmpty());
        return unnamed ? "" : members.get(0).table().packageName();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
