import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** A file's path with forward slashes, seen from the project's folder, and its text. */
export type SourceFile = { path: string; text: string }

export const projectFolder = join(import.meta.dirname, '..', '..')

/** Every TypeScript file under the named folders of the project. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) => readdirSync(join(projectFolder, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: relative(projectFolder, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }))
}
