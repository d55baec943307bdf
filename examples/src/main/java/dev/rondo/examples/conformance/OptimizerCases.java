package dev.rondo.examples.conformance;

import dev.rondo.nn.Parameter;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import dev.rondo.optim.OptimizerSpec;
import dev.rondo.optim.Optimizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Optimizers: all parameters after each step. A step first sets hyper-parameters, then has gradients. */
final class OptimizerCases {
    private OptimizerCases() {}

    static List<Double> values(Fields description) {
        List<Parameter> parameters = parameters(description);
        List<Double> values = new ArrayList<>();
        try (Optimizer optimizer = spec(description).create(List.of(parameters), lr(description))) {
            for (Fields step : description.objects("steps")) {
                step.object("set").ifPresent(set -> set(optimizer, set));
                setGradients(parameters, step.list("grads"));
                optimizer.step();
                for (Parameter p : parameters) values.addAll(Tensors.values(p.tensor()));
            }
        }
        return values;
    }

    private static double lr(Fields description) {
        return description.object("hypers").orElseThrow().number("lr", .1);
    }

    /** Parameters with the given tensors. Without roles, all are weights. */
    private static List<Parameter> parameters(Fields description) {
        List<?> roles = description.list("roles");
        List<Parameter> parameters = new ArrayList<>();
        for (Fields tensor : description.objects("params")) {
            int i = parameters.size();
            Parameter.Role role = roles.isEmpty()
                    ? Parameter.Role.WEIGHT
                    : Parameter.Role.valueOf(((String) roles.get(i)).toUpperCase(Locale.ROOT));
            parameters.add(
                    new Parameter("p" + i, Tensors.of(tensor).clone().detach().set_requires_grad(true), role));
        }
        return parameters;
    }

    /** Sets the gradients; a null drops the gradient. */
    private static void setGradients(List<Parameter> parameters, List<?> gradients) {
        for (int i = 0; i < parameters.size(); i++) {
            Tensor of = parameters.get(i).tensor();
            if (gradients.get(i) == null) of.mutable_grad().reset();
            else of.mutable_grad().put(Tensors.of(Fields.of(gradients.get(i))));
        }
    }

    private static OptimizerSpec spec(Fields description) {
        OptimizerSpec spec = rule(description);
        for (Map.Entry<String, Object> hyper :
                description.object("hypers").orElseThrow().map().entrySet()) {
            if (hyper(hyper.getKey()) == Hyper.LR) continue; // of create
            spec = spec.with(hyper(hyper.getKey()), Fields.number(hyper.getValue()));
        }
        if (description.flag("coupled", false)) spec = spec.withCoupledDecay();
        if (description.flag("decayAll", false)) spec = spec.withDecayOfNormsAndBiases();
        if (!description.has("lookahead")) return spec;
        Fields lookahead = description.object("lookahead").orElseThrow();
        return Optimizers.lookahead(spec, lookahead.integer("k", 6), lookahead.number("alpha", .5));
    }

    private static OptimizerSpec rule(Fields description) {
        double momentum = description.object("hypers").orElseThrow().number("mom", 0);
        return switch (description.text("name")) {
            case "sgd" -> Optimizers.sgd(momentum, 0);
            case "nesterov" -> Optimizers.nesterov(momentum);
            case "rmsprop" -> Optimizers.rmsProp();
            case "adam" -> Optimizers.adam();
            case "radam" -> Optimizers.rAdam();
            case "qhadam" -> Optimizers.qhAdam();
            case "larc" -> Optimizers.larc();
            case "lars" -> Optimizers.lars();
            case "lamb" -> Optimizers.lamb();
            case "ranger" -> Optimizers.ranger();
            case "nAdam" -> Optimizers.nAdam();
            case "amsgrad" -> Optimizers.amsGrad();
            case "lion" -> Optimizers.lion();
            case "adagrad" -> Optimizers.adagrad();
            case "adafactor" -> Optimizers.adafactor();
            case "muon" -> Optimizers.muon();
            case "rprop" -> Optimizers.rprop();
            case "adadelta" -> Optimizers.adadelta();
            case "adamax" -> Optimizers.adamax();
            default -> throw ValueCases.unknown("optimizer", description.text("name"));
        };
    }

    private static void set(Optimizer optimizer, Fields set) {
        set.map().forEach((key, value) -> optimizer.set(hyper(key), Fields.number(value)));
    }

    /** By fastai's name, {@code sqr_mom}, or as the new cases write it, {@code sqrMom}. */
    private static Hyper hyper(String key) {
        return Hyper.valueOf(key.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
    }
}
