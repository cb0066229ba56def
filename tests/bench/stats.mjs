// Medians and tables.

/** Median of numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `{ median, min, max, count }` of numbers, or undefined for none. */
export function spread(numbers) {
  if (numbers.length === 0) return undefined;
  return { median: median(numbers), min: Math.min(...numbers), max: Math.max(...numbers), count: numbers.length };
}

/**
 * Runs every subject once in each repetition, in turning order, so that whatever the machine does meanwhile
 * befalls all of them alike. Subjects are `{ name: async (repetition) => number | number[] }`; one that answers
 * undefined gave no sample. Resolves to the samples by name.
 */
export async function interleaved(subjects, repetitions) {
  const names = Object.keys(subjects);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const turn = repetition % names.length;
    for (const name of [...names.slice(turn), ...names.slice(0, turn)]) {
      const answer = await subjects[name](repetition);
      if (answer !== undefined) samples[name].push(...[answer].flat());
    }
  }
  return samples;
}

/** The ratio of two medians, as text. */
export const ratio = (ours, theirs) => `${(ours.median / theirs.median).toFixed(2)} ×`;

/** `12.3 (11.0–14.8)`: median, least, most. */
export function shown(one, digits = 1) {
  if (!one) return "no sample";
  return `${one.median.toFixed(digits)} (${one.min.toFixed(digits)}–${one.max.toFixed(digits)})`;
}

/** A Markdown table. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
