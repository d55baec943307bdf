package dev.rondo.examples;

import dev.rondo.CallbackException;
import dev.rondo.examples.conformance.ConformanceCommand;
import dev.rondo.torch.StartupException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Exit status: 0, 1 where something given was wrong, 2 where the command itself was, 70 for our own faults. */
@Command(
        name = "rondo",
        mixinStandardHelpOptions = true,
        version = "rondo 0.1.0",
        description = "Trains models through callbacks that were checked when they were compiled.",
        subcommands = {TrainCommand.class, PlanCommand.class, ConformanceCommand.class})
public final class Main implements Runnable {
    private static final int OUR_FAULT = 70; // EX_SOFTWARE of sysexits

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        run(commandLine(), args);
    }

    /** Ends the process with the status of a command; for the command lines of other modules too. */
    public static void run(CommandLine commandLine, String[] args) {
        int status = commandLine.execute(args);
        if (System.out.checkError()) {
            System.err.println("rondo: standard output could not be written.");
            if (status == 0) status = CommandLine.ExitCode.SOFTWARE;
        }
        System.exit(status);
    }

    static CommandLine commandLine() {
        return commandLine(new Main());
    }

    /** A command with the exit statuses above, and a sentence on standard error where something is wrong. */
    public static CommandLine commandLine(Object command) {
        return new CommandLine(command)
                .setParameterExceptionHandler(Main::wrongCommand)
                .setExecutionExceptionHandler(Main::failed);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: train, plan or conformance");
    }

    private static int wrongCommand(ParameterException e, String[] args) {
        CommandLine at = e.getCommandLine();
        say(
                at,
                firstLine(e.getMessage()) + " (" + at.getCommandSpec().qualifiedName()
                        + " --help lists what there is)");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception thrown, CommandLine at, CommandLine.ParseResult parsed) {
        // what found the mistake may be a callback of ours
        Throwable e = thrown instanceof CallbackException ? thrown.getCause() : thrown;
        if (e instanceof UserException || e instanceof StartupException) {
            say(at, e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        thrown.printStackTrace(at.getErr());
        return OUR_FAULT;
    }

    private static void say(CommandLine at, String sentence) {
        at.getErr().println(at.getCommandSpec().qualifiedName() + ": " + sentence);
        at.getErr().flush();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
