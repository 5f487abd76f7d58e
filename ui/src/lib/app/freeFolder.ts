import { backend } from '$lib/backend';

/** What this names a folder by itself: after the vault, with the day of the backup. */
const proposed = / restored(?: \d{4}-\d{2}-\d{2})?(?: \d+)?$/;
const many = 99;

/** A folder beside the vault's that is not there yet, for what is restored of it; named with the day of the backup. */
export async function freeFolder(vault: string, day: string | null): Promise<string> {
  const name = `${vault.replace(proposed, '')} restored${day ? ` ${day}` : ''}`;
  return freeName(name);
}

/** The first of these names, numbered from the second on, that no folder has; empty where too many have it. */
export async function freeName(path: string): Promise<string> {
  for (let count = 1; count < many; count += 1) {
    const dir = count === 1 ? path : `${path} ${count}`;
    const { exists, has_vault } = await backend().folderCheck(dir);
    if (!exists && !has_vault) return dir;
  }
  return '';
}

/** What is called so in this folder, written as this system writes it. */
export function inFolder(folder: string, name: string): string {
  const bar = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return `${folder.replace(/[/\\]+$/, '')}${bar}${name}`;
}

/** The day in the name of a backup's file, where it has one. */
export function dayInName(file: string): string | null {
  return /\d{4}-\d{2}-\d{2}(?=[^/\\]*$)/.exec(file)?.[0] ?? null;
}
