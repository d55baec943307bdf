package dev.rondo.processor;

import dev.rondo.processor.write.GeneratedMark;
import java.util.Set;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * Whether to claim the annotations of a round. Ours, always: compilers warn about annotations that nobody claims. But what we generate
 * also carries {@code @Generated}, and that is ours only where no other processor's files have it.
 */
final class Claims {
    private Claims() {}

    static boolean all(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            if (!annotation.getQualifiedName().contentEquals(GeneratedMark.GENERATED)) continue;
            for (Element element : round.getElementsAnnotatedWith(annotation)) {
                if (!GeneratedMark.isOurs(element)) return false;
            }
        }
        return true;
    }
}
