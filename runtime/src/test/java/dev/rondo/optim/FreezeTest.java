package dev.rondo.optim;

import static dev.rondo.optim.Weights.grad;
import static dev.rondo.optim.Weights.gradient;
import static dev.rondo.optim.Weights.parameter;
import static dev.rondo.optim.Weights.step;
import static dev.rondo.optim.Weights.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.nn.Parameter;
import dev.rondo.nn.Parameter.Role;
import dev.rondo.torch.InScope;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Frozen parameter groups. */
@ExtendWith(InScope.class)
class FreezeTest {
    private Parameter weight, norm, head;
    private Optimizer sgd;

    @BeforeEach
    void twoGroups() {
        weight = parameter("weight", Role.WEIGHT, 1);
        norm = parameter("norm", Role.NORM, 1);
        head = parameter("head", Role.WEIGHT, 1);
        sgd = Optimizers.sgd(.9, 0).create(List.of(List.of(weight, norm), List.of(head)), .1);
    }

    @AfterEach
    void close() {
        sgd.close();
    }

    private List<Boolean> requireGrad() {
        return List.of(
                weight.tensor().requires_grad(),
                norm.tensor().requires_grad(),
                head.tensor().requires_grad());
    }

    @Test
    void groupsBeforeTheNthAreFrozen() {
        sgd.freezeTo(1, false);
        assertEquals(List.of(false, false, true), requireGrad());
        sgd.freezeTo(0, false);
        assertEquals(List.of(true, true, true), requireGrad());
    }

    @Test
    void negativeNumbersCountFromTheEnd() {
        sgd.freezeTo(-1, false);
        assertEquals(List.of(false, false, true), requireGrad());
        sgd.freezeTo(-2, false);
        assertEquals(List.of(true, true, true), requireGrad());
    }

    @Test
    void normsOfFrozenGroupsCanBeTrained() {
        sgd.freezeTo(1, true);
        assertEquals(List.of(false, true, true), requireGrad());
    }

    @Test
    void allGroupsCanBeFrozen() {
        sgd.freezeTo(2, false);
        assertEquals(List.of(false, false, false), requireGrad());
    }

    @Test
    void gradientsOfFrozenParametersAreDropped() {
        gradient(weight, 1);
        gradient(head, 1);
        sgd.freezeTo(1, false);
        assertFalse(grad(weight).defined());
        assertTrue(grad(head).defined());
    }

    @Test
    void momentumIsForgotten() {
        step(sgd, head, 1);
        sgd.freezeTo(1, false);
        step(sgd, head, 1);
        assertArrayEquals(new float[] {.8f}, values(head), 1e-6f);
    }

    @Test
    void frozenParametersAreNotStepped() {
        step(sgd, weight, 1);
        float[] before = values(weight);
        sgd.freezeTo(1, false);
        step(sgd, head, 1);
        assertArrayEquals(before, values(weight));
    }
}
