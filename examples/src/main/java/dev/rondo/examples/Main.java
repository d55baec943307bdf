package dev.rondo.examples;

import dev.rondo.CallbackException;
import dev.rondo.examples.conformance.ConformanceCommand;
import dev.rondo.torch.StartupException;
import dev.rondo.torch.TorchException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Its exit status is 0 on success, 1 for invalid input, 2 for invalid usage, and 70 for an internal error. */
@Command(
        name = "rondo",
        mixinStandardHelpOptions = true,
        version = "rondo 0.1.0",
        description = "Trains models with callbacks that are checked at compile time.",
        subcommands = {TrainCommand.class, PlanCommand.class, InspectCommand.class, ConformanceCommand.class})
public final class Main implements Runnable {
    private static final int INTERNAL_ERROR = 70; // EX_SOFTWARE of sysexits

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        run(commandLine(), args);
    }

    /** Runs a command and exits with its status. Command lines of other modules use this method, too. */
    public static void run(CommandLine commandLine, String[] args) {
        int status;
        try {
            status = commandLine.execute(args);
        } catch (OutOfMemoryError e) { // an Error, which no handler of picocli gets
            System.err.println("rondo: out of memory (" + e.getMessage()
                    + "): give Java more with RONDO_JAVA_OPTS=-Xmx…, or take smaller" + " batches.");
            status = CommandLine.ExitCode.SOFTWARE;
        }
        if (System.out.checkError()) {
            System.err.println("rondo: cannot write to standard output.");
            if (status == 0) status = CommandLine.ExitCode.SOFTWARE;
        }
        System.exit(status);
    }

    static CommandLine commandLine() {
        return commandLine(new Main());
    }

    /** Creates a command line that has the exit statuses above and prints an error as one sentence to standard error. */
    public static CommandLine commandLine(Object command) {
        return new CommandLine(command)
                .setParameterExceptionHandler(Main::invalidUsage)
                .setExecutionExceptionHandler(Main::failed);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: train, plan, inspect or conformance");
    }

    private static int invalidUsage(ParameterException e, String[] args) {
        CommandLine commandLine = e.getCommandLine();
        printError(
                commandLine,
                firstLine(e.getMessage()) + " (" + commandLine.getCommandSpec().qualifiedName()
                        + " --help lists what is available)");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception thrown, CommandLine commandLine, CommandLine.ParseResult parsed) {
        // a callback of this module may have found the invalid input
        Throwable e = thrown instanceof CallbackException ? thrown.getCause() : thrown;
        if (e instanceof UserException || e instanceof StartupException) {
            printError(commandLine, e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (e instanceof TorchException) { // such as a GPU without enough memory
            printError(commandLine, thrown.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        thrown.printStackTrace(commandLine.getErr());
        return INTERNAL_ERROR;
    }

    private static void printError(CommandLine commandLine, String message) {
        commandLine.getErr().println(commandLine.getCommandSpec().qualifiedName() + ": " + message);
        commandLine.getErr().flush();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
