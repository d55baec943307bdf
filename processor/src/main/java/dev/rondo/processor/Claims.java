package dev.rondo.processor;

import dev.rondo.processor.write.Marks;
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
            if (!annotation.getQualifiedName().contentEquals(Marks.GENERATED)) continue;
            for (Element element : round.getElementsAnnotatedWith(annotation)) {
                if (!Marks.isOurs(element)) return false;
            }
        }
        return true;
    }
}
