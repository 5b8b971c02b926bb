package io.talos.client.story;

/**
 * A step that held.
 *
 * @param number from 1 to 7
 * @param title what it is about
 * @param proved what was checked, as one sentence
 */
public record StoryStep(int number, String title, String proved) {}
