export function keepPlace() {}
export function takePlace() {}
