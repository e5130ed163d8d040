import type { Desk } from './desk.ts'
import { keepTo } from './retention.ts'

/** Once an hour what was kept long enough goes. */
export const tidy = async (desk: Desk): Promise<void> => await keepTo(desk)
