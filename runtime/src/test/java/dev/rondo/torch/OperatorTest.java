package dev.rondo.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OperatorTest {
    @BeforeAll
    static void start() {
        Torch.start();
    }

    @Test
    void addsListsOfTensorsInPlace() {
        try (PointerScope scope = new PointerScope()) {
            Tensor a = torch.ones(2), b = torch.ones(3);
            Operator add = Operator.of("aten::_foreach_add_", "List");
            add.call(new IValueVector(
                    Operator.list(a, b), Operator.list(a.clone(), b.clone()), new IValue(new Scalar(2f))));
            assertEquals(3 * 2, a.sum().item_float());
            assertEquals(3 * 3, b.sum().item_float());
        }
    }

    @Test
    void leavesResultsOnTheStack() {
        try (PointerScope scope = new PointerScope()) {
            IValueVector stack =
                    new IValueVector(Operator.list(torch.ones(4)), new IValue(new Scalar(2f)), new IValue());
            Operator.of("aten::_foreach_norm", "Scalar").call(stack);
            assertEquals(1, stack.size());
            assertEquals(2f, stack.get(0).toTensorVector().get(0).item_float());
        }
    }

    @Test
    void outlivesTheScopeOfItsLookup() {
        Operator zero;
        try (PointerScope scope = new PointerScope()) {
            zero = Operator.of("aten::_foreach_zero_", "");
            Operator.list();
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor a = torch.ones(2);
            zero.call(new IValueVector(Operator.list(a)));
            assertEquals(0f, a.sum().item_float());
        }
    }

    @Test
    void leavesNoHandle() {
        Tensor a = torch.ones(2);
        Operator zero = Operator.of("aten::_foreach_zero_", "");
        Operator.list(a).close();
        long before = Pointer.totalCount();
        for (int i = 0; i < 10; i++) {
            Operator.list(a, a).close();
            try (PointerScope scope = new PointerScope()) {
                zero.call(new IValueVector(Operator.list(a, a)));
            }
        }
        assertEquals(before, Pointer.totalCount());
        a.close();
    }

    @Test
    void namesAnOperatorThatDoesNotExist() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Operator.of("aten::nonsense", "List"));
        assertEquals("This build of libtorch has no operator aten::nonsense.List.", e.getMessage());
    }

    @Test
    void gradModeIsRestoredHoweverDeep() {
        try (NoGrad outer = NoGrad.enter()) {
            assertFalse(GradMode.is_enabled());
            try (NoGrad inner = NoGrad.enter()) {
                assertFalse(GradMode.is_enabled());
            }
            assertFalse(GradMode.is_enabled());
        }
        assertTrue(GradMode.is_enabled());
    }
}
