package dev.rondo.spi;

/** Characters, saved as strings. */
final class CharacterType extends StateType<Character> {
    @Override
    String name() {
        return "Character";
    }

    @Override
    Object toSaved(Character value) {
        return value.toString();
    }

    @Override
    Character fromSaved(Object saved, StatePlace place) {
        if (saved instanceof String text && text.length() == 1) return text.charAt(0);
        throw place.isNot(saved, name());
    }
}
