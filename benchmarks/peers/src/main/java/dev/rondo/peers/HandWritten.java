package dev.rondo.peers;

import static org.bytedeco.pytorch.global.torch.*;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.*;

/** The reference: a training loop that a good engineer writes by hand, directly on org.bytedeco:pytorch. */
public final class HandWritten {
    public static void main(String[] args) throws Exception {
        // Set before JavaCPP is loaded: no physical-memory check at each allocation, no search for GPU libraries.
        System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        System.setProperty("org.bytedeco.javacpp.platform.extension", "");
        train(new Peer(args));
    }

    private static void train(Peer peer) throws Exception {
        set_num_threads(1);
        org.bytedeco.openblas.presets.openblas.blas_set_num_threads(1); // OpenBLAS has a pool of its own
        manual_seed(peer.seed);

        Tensor x = images(peer.images("train", Peer.TRAIN_SIZE)), y = labels(peer.labels("train", Peer.TRAIN_SIZE));
        Net net = peer.mlp() ? new Mlp() : new Cnn(peer.layout.equals("nhwc"));
        Optimizer optimizer =
                peer.mlp() ? new FusedSgd(net.params, peer.lr, 0.9) : new FusedAdamW(net.params, peer.lr, 0.01);
        Tensor lossSum = zeros(1);
        TensorOptions int64 = new TensorOptions(ScalarType.Long);

        for (int epoch = 0; epoch < peer.warmupEpochs + peer.epochs; epoch++) {
            peer.epochStart();
            float loss;
            try (PointerScope epochScope = new PointerScope()) {
                lossSum.zero_();
                Tensor order = randperm(Peer.TRAIN_SIZE, int64);
                for (int from = 0; from < Peer.TRAIN_SIZE; from += peer.batchSize) {
                    try (PointerScope batchScope = new PointerScope()) {
                        Tensor rows = order.narrow(0, from, Math.min(peer.batchSize, Peer.TRAIN_SIZE - from));
                        Tensor batchLoss =
                                cross_entropy_loss(net.forward(x.index_select(0, rows)), y.index_select(0, rows));
                        batchLoss.backward();
                        GradMode.set_enabled(false);
                        optimizer.step();
                        lossSum.add_(batchLoss);
                        GradMode.set_enabled(true);
                    }
                    peer.batchEnd();
                }
                loss = lossSum.item_float() / peer.batches;
            }
            peer.epochEnd(loss);
        }

        GradMode.set_enabled(false);
        Tensor xv = images(peer.images("t10k", Peer.VALID_SIZE)), yv = labels(peer.labels("t10k", Peer.VALID_SIZE));
        Tensor predicted = net.forward(xv).argmax(new LongOptional(1), false);
        peer.report(
                "handwritten" + (peer.layout.equals("nhwc") ? "-nhwc" : ""),
                predicted.eq(yv).sum().item_long() / (double) Peer.VALID_SIZE);
    }

    private static Tensor images(float[] v) {
        Tensor t = empty(v.length / Peer.PIXELS, 1, 28, 28);
        ((FloatBuffer) t.createBuffer()).put(v);
        return t;
    }

    private static Tensor labels(long[] v) {
        Tensor t = zeros(new long[] {v.length}, new TensorOptions(ScalarType.Long));
        ((LongBuffer) t.createBuffer()).put(v);
        return t;
    }

    // ---- the two models, as functions of their parameters

    private abstract static class Net {
        Tensor[] params;

        abstract Tensor forward(Tensor x);

        static Tensor param(long fanIn, long... shape) {
            return param(MemoryFormat.Contiguous, fanIn, shape);
        }

        /** PyTorch's default initialisation of weights and biases: uniform in +-1/sqrt(fan in). */
        static Tensor param(MemoryFormat format, long fanIn, long... shape) {
            double bound = 1 / Math.sqrt(fanIn);
            Tensor p = empty(shape, new TensorOptions(ScalarType.Float), new MemoryFormatOptional(format));
            p.uniform_(-bound, bound, new GeneratorOptional());
            p.set_requires_grad(true);
            return p;
        }
    }

    private static final class Mlp extends Net {
        final Tensor w1 = param(784, 64, 784), b1 = param(784, 64), w2 = param(64, 10, 64), b2 = param(64, 10);
        final TensorOptional ob1 = new TensorOptional(b1), ob2 = new TensorOptional(b2);

        Mlp() {
            params = new Tensor[] {w1, b1, w2, b2};
        }

        @Override
        Tensor forward(Tensor x) {
            return linear(relu(linear(x.flatten(1, -1), w1, ob1)), w2, ob2);
        }
    }

    private static final class Cnn extends Net {
        final Tensor w1, w2, w3 = param(1568, 10, 1568), b1 = param(9, 16), b2 = param(144, 32), b3 = param(1568, 10);
        final TensorOptional ob1 = new TensorOptional(b1), ob2 = new TensorOptional(b2), ob3 = new TensorOptional(b3);
        static final long[] ONE = {1, 1},
                TWO = {2, 2}; // stride, padding and dilation of the convolutions; the pool's window

        /** The memory order of the convolutions' weights decides that of the activations. */
        Cnn(boolean channelsLast) {
            MemoryFormat format = channelsLast ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;
            w1 = param(format, 9, 16, 1, 3, 3);
            w2 = param(format, 144, 32, 16, 3, 3);
            params = new Tensor[] {w1, b1, w2, b2, w3, b3};
        }

        @Override
        Tensor forward(Tensor x) {
            Tensor h = max_pool2d(relu(conv2d(x, w1, ob1, ONE, ONE, ONE, 1)), TWO);
            h = max_pool2d(relu(conv2d(h, w2, ob2, ONE, ONE, ONE, 1)), TWO);
            return linear(h.flatten(1, -1), w3, ob3);
        }
    }

    // ---- the two optimizers: the generated API lacks the _fused_* operators, so the boxed dispatcher calls them

    /** Makes one fused call per step. It then drops the gradients, so that backward() passes on its own tensors without a copy. */
    private abstract static class Optimizer {
        private static final Type.TypePtr TENSOR = new TensorList().elementType();
        private final OperatorHandle op;
        private final Tensor[] params, grads;
        /** The operator's arguments after the parameters and the gradients. */
        IValue[] rest;

        private final IValue paramList;

        Optimizer(String op, Tensor[] params) {
            this.op = Dispatcher.singleton().findSchemaOrThrow(op, "");
            this.params = params;
            paramList = list(params);
            grads = new Tensor[params.length];
            for (int i = 0; i < params.length; i++)
                grads[i] = params[i].mutable_grad(); // a view of the parameter's own slot
        }

        void step() {
            IValueVector stack = new IValueVector();
            stack.push_back(paramList).push_back(list(grads));
            for (IValue v : rest) stack.push_back(v);
            op.callBoxed(stack);
            for (Tensor g : grads) g.reset();
        }

        static IValue list(Tensor... tensors) {
            GenericList l = new GenericList(TENSOR);
            l.reserve(tensors.length);
            for (Tensor t : tensors) l.push_back(new IValue(t));
            return new IValue(l);
        }

        static IValue zerosLike(Tensor[] like) {
            Tensor[] z = new Tensor[like.length];
            for (int i = 0; i < z.length; i++) z[i] = zeros_like(like[i]);
            return list(z);
        }
    }

    private static final class FusedSgd extends Optimizer {
        FusedSgd(Tensor[] params, double lr, double momentum) {
            super("aten::_fused_sgd_", params);
            IValue no = new IValue(false), none = new IValue(), zero = new IValue(0.0);
            // momentum buffers | weight_decay, momentum, lr, dampening, nesterov, maximize, is_first_step, grad_scale,
            // found_inf
            rest = new IValue[] {
                zerosLike(params), zero, new IValue(momentum), new IValue(lr), zero, no, no, no, none, none
            };
        }
    }

    private static final class FusedAdamW extends Optimizer {
        private final Tensor count = zeros(new long[0]); // one step count, shared by all parameters
        private final Scalar one = new Scalar(1f);

        FusedAdamW(Tensor[] params, double lr, double weightDecay) {
            super("aten::_fused_adamw_", params);
            Tensor[] counts = new Tensor[params.length];
            java.util.Arrays.fill(counts, count);
            IValue no = new IValue(false), none = new IValue();
            // exp_avgs, exp_avg_sqs, max_exp_avg_sqs, steps | lr, beta1, beta2, weight_decay, eps, amsgrad, maximize,
            // grad_scale, found_inf
            rest = new IValue[] {
                zerosLike(params),
                zerosLike(params),
                list(),
                list(counts),
                new IValue(lr),
                new IValue(0.9),
                new IValue(0.999),
                new IValue(weightDecay),
                new IValue(1e-8),
                no,
                no,
                none,
                none
            };
        }

        @Override
        void step() {
            count.add_(one);
            super.step();
        }
    }
}
