package dev.rondo.processor.model;

import java.util.SortedMap;
import javax.lang.model.element.TypeElement;

/** The class of learner that a callback's handlers use, with its attributes by name. */
public record LearnerType(TypeElement element, SortedMap<String, Attribute> attributes) {}
