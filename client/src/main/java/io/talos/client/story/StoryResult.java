package io.talos.client.story;

/**
 * How the story ended.
 *
 * @param held whether every step held
 * @param summary one sentence: what was shown, or what did not hold
 */
public record StoryResult(boolean held, String summary) {}
