//! The store's promises, kept in memory.

use pendapa::store::{Store, contract};

macro_rules! on_memory {
    ($promise:ident) => {
        #[test]
        fn $promise() {
            let store = Store::in_memory();
            pollster::block_on(contract::$promise(&store));
        }
    };
}
pendapa::each_promise!(on_memory);
