/** An ending that a person can mend: its message is one sentence with the remedy, and no stack is shown. */
export class StartFailure extends Error {
  override name = 'StartFailure'
}
