import type { ModelDeclaration, PropertyType } from '../../core/model.ts';

/** The properties of a declaration, in the wire's order. */
export type Properties = ModelDeclaration['properties'];

const ofType =
  (type: PropertyType) =>
  (...names: string[]): Properties =>
    Object.fromEntries(names.map((name) => [name, type]));

/** The vocabulary of the declarations: `...text('name', 'phone')`, one function for each type. */
export const key = ofType('key');
export const text = ofType('text');
export const number = ofType('number');
export const boolean = ofType('boolean');
export const yesNo = ofType('yesNo');
export const date = ofType('date');
export const timestamp = ofType('timestamp');
export const list = ofType('list');
export const object = ofType('object');

/** What most models begin with. */
export const standard: Properties = {
  ...key('id'),
  ...text('_identifier'),
  ...boolean('active'),
};
