/** Where an effect comes from. */
export interface Source {
  terminal: string;
  entryNo: number;
}
