export * from './dates';
export * from './typed-day';
export * from './words';
