type Listener = (point: string) => void | Promise<void>

let listener: Listener | null = null

/**
 * A named place between two steps of the work. Nothing happens here unless somebody listens: tests end the process in such
 * places, or make it wait.
 */
export const at = async (point: string): Promise<void> => {
  if (listener) await listener(point)
}

export const listenAtPoints = (wanted: Listener | null): void => {
  listener = wanted
}
