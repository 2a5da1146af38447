/** What a misspelt word meant. */

/** How many slips a word of this length may hold. */
function slips(length) {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/** Endings are cut in the index, and may stand in the word that was typed. */
const LONGEST_ENDING = 4;

/**
 * The words nearest to the one that was typed, with the fewest slips any of them needs:
 * `{ words, slips }`. A slip is a letter too many, missing or wrong, or two that changed places.
 */
export function nearest(typed, known) {
  const most = slips(typed.length);
  let best = { words: [], slips: most + 1 };
  let worst = Infinity;
  for (const word of known) {
    if (word.length < 3 || word.length > typed.length + most || word.length < typed.length - most - LONGEST_ENDING) {
      continue;
    }
    const { slips: needed, rest } = distance(typed, word, best.slips);
    if (needed > most || needed > best.slips) continue;
    const misfit = rest + (word[0] === typed[0] ? 0 : 2);
    if (needed < best.slips || misfit < worst) {
      best = { words: [], slips: needed };
      worst = misfit;
    }
    if (misfit === worst) best.words.push(word);
  }
  return best;
}

/** Slips from the typed word, or from its beginning, to a known one; `rest` is what was left over. */
function distance(typed, word, most) {
  let before = [];
  let row = Array.from({ length: word.length + 1 }, (_, index) => index);
  let best = { slips: Infinity, rest: 0 };
  for (let at = 1; at <= typed.length; at += 1) {
    const next = [at];
    let least = at;
    for (let to = 1; to <= word.length; to += 1) {
      const same = typed[at - 1] === word[to - 1];
      let steps = Math.min(row[to] + 1, next[to - 1] + 1, row[to - 1] + (same ? 0 : 1));
      if (typed[at - 1] === word[to - 2] && typed[at - 2] === word[to - 1]) {
        steps = Math.min(steps, before[to - 2] + 1);
      }
      next.push(steps);
      least = Math.min(least, steps);
    }
    [before, row] = [row, next];
    const rest = typed.length - at;
    if (rest <= LONGEST_ENDING && row[word.length] <= best.slips) best = { slips: row[word.length], rest };
    if (least > most) break;
  }
  return best;
}
