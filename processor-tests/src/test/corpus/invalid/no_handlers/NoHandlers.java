package invalid.no_handlers;

import dev.rondo.annotation.Callback;

@Callback
class NoHandlers { // ! no-handlers
    void work() {}
}
