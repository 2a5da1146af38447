export function showProblems() {}
