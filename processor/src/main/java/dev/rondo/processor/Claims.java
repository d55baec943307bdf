package dev.rondo.processor;

import dev.rondo.processor.write.GeneratedMark;
import java.util.Set;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * Whether to claim the annotations of a round. Rondo's annotations are always claimed, since compilers warn about unclaimed ones. Generated
 * sources also carry {@code @Generated}, which is claimed only if no file of another processor carries it.
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
