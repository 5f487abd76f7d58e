import { backend } from '$lib/backend';

/** What this names a folder by itself: after the vault, with the day of the backup. */
const proposed = / restored(?: \d{4}-\d{2}-\d{2})?(?: \d+)?$/;
const many = 99;

/** A folder beside the vault's that is not there yet, for what is restored of it; named with the day of the backup. */
export async function freeFolder(vault: string, day: string | null): Promise<string> {
  const name = `${vault.replace(proposed, '')} restored${day ? ` ${day}` : ''}`;
  for (let count = 1; count < many; count += 1) {
    const dir = count === 1 ? name : `${name} ${count}`;
    const { exists, has_vault } = await backend().folderCheck(dir);
    if (!exists && !has_vault) return dir;
  }
  return '';
}

/** The day in the name of a backup's file, where it has one. */
export function dayInName(file: string): string | null {
  return /\d{4}-\d{2}-\d{2}(?=[^/\\]*$)/.exec(file)?.[0] ?? null;
}
