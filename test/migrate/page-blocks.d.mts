export function pages(): Promise<string[]>
export function textOf(page: string): Promise<string>
export function writtenAnew(page: string): Promise<string>
export function comparison(folder: string): Promise<string>
export function replayed(folder: string): Promise<string>
export function migrated(folder: string): Promise<string>
