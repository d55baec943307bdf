package dev.rondo.torch;

import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Runs each test in a native scope, with the same seed. */
public final class InScope implements BeforeEachCallback, AfterEachCallback {
    static {
        Torch.start(); // before the fields of the test, which may be tensors
    }

    private static final Namespace NAMESPACE = Namespace.create(InScope.class);

    @Override
    public void beforeEach(ExtensionContext test) {
        Torch.seed(1);
        test.getStore(NAMESPACE).put("scope", new PointerScope());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        test.getStore(NAMESPACE).remove("scope", PointerScope.class).close();
    }
}
