package dev.rondo.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.rondo.Learner;
import dev.rondo.LearnerAttributes;
import dev.rondo.annotation.Attribute;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.loss.Losses;
import dev.rondo.nn.Linear;
import dev.rondo.torch.InScope;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The message about an absent attribute states the events that its annotation states. */
@ExtendWith(InScope.class)
class AttributeWindowsTest {
    private static final Map<String, Consumer<Learner>> ABSENT_OUTSIDE_OF_BATCHES = Map.of(
            "iter", Learner::iter,
            "nIter", Learner::nIter,
            "batch", Learner::batch,
            "pred", Learner::pred,
            "lossGrad", Learner::lossGrad,
            "loss", Learner::loss);

    @Test
    void messagesAndAnnotationsAgree() {
        Linear model = new Linear(1, 1);
        DataLoader data = TensorLoader.of(torch.ones(1, 1), torch.ones(1, 1)).build();
        try (Learner learner = Learner.builder(new DataLoaders(data, data), model, Losses.mse())
                .progress(false)
                .build()) {
            ABSENT_OUTSIDE_OF_BATCHES.forEach((name, read) -> {
                String message = assertThrows(IllegalStateException.class, () -> read.accept(learner))
                        .getMessage();
                assertEquals(
                        "'" + name + "' is absent: it is there from " + event(name, "from") + " to "
                                + event(name, "until") + ".",
                        message);
            });
        }
        model.close();
    }

    private static String event(String attribute, String member) {
        JavaMethod accessor =
                new ClassFileImporter().importClass(LearnerAttributes.class).getMethod(attribute);
        JavaAnnotation<?> annotation = accessor.getAnnotationOfType(Attribute.class.getName());
        return ((JavaEnumConstant) annotation.get(member).orElseThrow()).name().toLowerCase(Locale.ROOT);
    }
}
