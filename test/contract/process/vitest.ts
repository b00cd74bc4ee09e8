// Stands in for Vitest in the runtime process: what a case would clean up ends with the process.
export function onTestFinished(): void {}
